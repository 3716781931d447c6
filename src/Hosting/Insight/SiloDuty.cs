using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Client;
using Molino.Clustering;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>
/// Whether this silo takes work, as an operator or the system it runs on wants it. An order lasts until the next one or the silo's end; a silo that starts takes work.
/// </summary>
internal sealed partial class SiloDuty(IPoolDirectory pools, SiloLife life, IHostApplicationLifetime lifetime, IOptions<ExecutionOptions> options, ILogger<SiloDuty> log)
{
    private readonly Pulse _changes = new();
    private readonly Lock _gate = new();
    private Task _drain = Task.CompletedTask;
    private long _obeyed;
    private volatile bool _stops;

    /// <summary>Completes when an order is obeyed next.</summary>
    public Task NextChange => _changes.Next;

    /// <summary>Number of the last order that came over the board.</summary>
    public long Obeyed => Interlocked.Read(ref _obeyed);

    public bool IsDraining => pools.IsDraining || life.IsStopping;

    /// <summary>Whether the program ends once the silo has drained.</summary>
    public bool IsEnding => _stops;

    /// <summary>Obeys an order of the board, once.</summary>
    public void Obey(SiloInstruction instruction)
    {
        if (instruction.Number <= Obeyed) return;
        if (Enum.TryParse<SiloOrder>(instruction.Text, out var order)) Obey(order); // one of a later version is left alone
        Interlocked.Exchange(ref _obeyed, instruction.Number);
        _changes.Beat();
    }

    /// <summary>Obeys an order. Draining what drains, and resuming what works, changes nothing.</summary>
    public void Obey(SiloOrder order)
    {
        lock (_gate)
        {
            if (_stops || life.IsStopping) return;
            switch (order)
            {
                case SiloOrder.Resume:
                    if (!pools.IsDraining) return;
                    LogResumed(log);
                    pools.Resume();
                    break;
                case SiloOrder.Drain:
                    if (pools.IsDraining) return;
                    LogDrains(log);
                    _drain = pools.DrainAsync();
                    break;
                case SiloOrder.Shutdown:
                    LogStops(log);
                    End();
                    break;
            }
        }

        _changes.Beat();
    }

    /// <summary>Drains, then ends the program: the silo answers until nothing runs any more. Asking again changes nothing.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stops || life.IsStopping) return;
            var running = pools.Pools.Sum(pool => pool.Running);
            End();
            if (running > 0) LogWaits(log, running, options.Value.DrainTimeout.TotalSeconds);
        }

        _changes.Beat();
    }

    private void End()
    {
        _stops = true;
        if (!pools.IsDraining) _drain = pools.DrainAsync();
        _ = _drain.ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "An operator drains this silo: it takes no more work.")]
    private static partial void LogDrains(ILogger log);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Information, Message = "This silo takes work again.")]
    private static partial void LogResumed(ILogger log);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Information, Message = "An operator stops this silo.")]
    private static partial void LogStops(ILogger log);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Information, Message = "{Running} jobs still run; waiting up to {Seconds:0} s. Press Ctrl-C again to stop at once.")]
    private static partial void LogWaits(ILogger log, int running, double seconds);
}
