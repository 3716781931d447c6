using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Clustering;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>Whether this silo takes work, as an operator wants it. An order lasts until the next one or the silo's end; a silo that starts takes work.</summary>
internal sealed partial class SiloDuty(IPoolDirectory pools, SiloLife life, IHostApplicationLifetime lifetime, ILogger<SiloDuty> log)
{
    private readonly Pulse _changes = new();
    private readonly Lock _gate = new();
    private Task _drain = Task.CompletedTask;
    private long _obeyed;
    private bool _stops;

    /// <summary>Completes when an order is obeyed next.</summary>
    public Task NextChange => _changes.Next;

    /// <summary>Number of the last order that came over the board.</summary>
    public long Obeyed => Interlocked.Read(ref _obeyed);

    public bool IsDraining => pools.IsDraining || life.IsStopping;

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
                    Drain();
                    break;
                case SiloOrder.Shutdown:
                    _stops = true;
                    LogStops(log);
                    Drain();
                    _ = _drain.ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                    break;
            }
        }

        _changes.Beat();
    }

    private void Drain()
    {
        if (pools.IsDraining) return;
        LogDrains(log);
        _drain = pools.DrainAsync();
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "An operator drains this silo: it takes no more work.")]
    private static partial void LogDrains(ILogger log);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Information, Message = "This silo takes work again.")]
    private static partial void LogResumed(ILogger log);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Information, Message = "An operator stops this silo.")]
    private static partial void LogStops(ILogger log);
}
