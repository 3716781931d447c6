using Microsoft.Extensions.Logging;

namespace Molino.Execution.Inline;

/// <summary>Runs handlers in the silo itself, hundreds at once (kind <c>inline</c>).</summary>
public sealed class InlineRunner : IAttemptRunner
{
    /// <summary>How long a handler may take to end after <c>kill</c> before it counts as one that ignores its token. Default 500 ms.</summary>
    public static TimeSpan DefaultGrace { get; } = TimeSpan.FromMilliseconds(500);

    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<InlineRunner> _logger;
    private readonly TimeSpan _grace;

    /// <summary>Creates the runner.</summary>
    /// <param name="services">Where handlers come from; each attempt that asks for a service gets a scope of its own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where abandoned handlers are reported.</param>
    /// <param name="grace">See <see cref="DefaultGrace"/>; null for it.</param>
    public InlineRunner(IServiceProvider services, TimeProvider time, ILogger<InlineRunner> logger, TimeSpan? grace = null)
    {
        _services = services;
        _time = time;
        _logger = logger;
        _grace = grace ?? DefaultGrace;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<AttemptEnd> RunAsync(IAttempt attempt, CancellationToken kill)
    {
        // On a thread of its own: a handler that blocks before its first await must not block the pool, nor escape the kill.
        var handler = Task.Run(() => CallAsync(attempt), CancellationToken.None);
        if (!kill.CanBeCanceled) return await handler.ConfigureAwait(false);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = kill.UnsafeRegister(static killed => ((TaskCompletionSource)killed!).TrySetResult(), killed).ConfigureAwait(false);
        var first = await Task.WhenAny(handler, killed.Task).ConfigureAwait(false); // goes on in the handler's thread, where WaitAsync would wake another
        return first == handler ? await handler.ConfigureAwait(false) : await AbandonAsync(attempt, handler).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<AttemptEnd> CallAsync(IAttempt attempt)
    {
        if (!await attempt.MayStartAsync().ConfigureAwait(false)) return new AttemptEnd.Stopped();
        var scope = new LazyScope(_services);
        var end = await HandlerCall.RunAsync(attempt.Type, scope, attempt.Job.Spec.Args, attempt.Context, attempt.Stopping).ConfigureAwait(false);
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _logger.ScopeNotDisposed(error, attempt.Job.Id, attempt.Type.Name);
        }

        return end;
    }

    private async Task<AttemptEnd> AbandonAsync(IAttempt attempt, Task<AttemptEnd> handler)
    {
        var killed = _time.GetTimestamp();
        try
        {
            return await handler.WaitAsync(_grace, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.Abandoned(attempt.Job.Id, attempt.Type.Name);
            return new AttemptEnd.Abandoned(AwaitAbandonedAsync(attempt, handler, killed));
        }
    }

    private async Task AwaitAbandonedAsync(IAttempt attempt, Task<AttemptEnd> handler, long killed)
    {
        var end = await handler.ConfigureAwait(false);
        var ended = end is AttemptEnd.Failed failed ? $"{failed.Error.Type}: {failed.Error.Message}" : end.GetType().Name;
        _logger.AbandonedReturned(attempt.Job.Id, attempt.Type.Name, _time.GetElapsedTime(killed), ended);
    }
}
