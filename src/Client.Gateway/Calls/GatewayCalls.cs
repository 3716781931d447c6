using Molino.Core;

namespace Molino.Client.Gateway;

/// <summary>Makes calls, repeats those that can be repeated, and turns every failure into a named exception.</summary>
internal sealed class GatewayCalls(GatewaySession session, MolinoGatewayOptions options)
{
    /// <summary>Calls, repeating as the call allows.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="name">The call's name, for messages.</param>
    /// <param name="repeat">Whether doing it twice is doing it once.</param>
    /// <param name="call">Makes the call; told whether it was made before, with an outcome that is not known.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<T> CallAsync<T>(string name, Repeat repeat, Func<IGatewayGrain, bool, Task<T>> call, CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            GatewayFailure failure;
            try
            {
                var gateway = await session.GatewayAsync(cancellationToken).ConfigureAwait(false);
                return await call(gateway, attempt > 0).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not (JobValidationException or ObjectDisposedException))
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure = GatewayFailure.Of(error, repeat, name);
                if (ReferenceEquals(failure.Error, error) && !failure.CanRepeat) throw;
            }

            await PauseAsync(failure, attempt, started, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits before a repeat, or throws when there is none.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="attempt">Tries before this one.</param>
    /// <param name="started">When the first began, or last went well.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task PauseAsync(GatewayFailure failure, int attempt, long started, CancellationToken cancellationToken)
    {
        var wait = failure.Wait ?? RetryDelay.After(attempt);
        if (!failure.CanRepeat || options.TimeProvider.GetElapsedTime(started) + wait > options.RetryFor) throw failure.Error;
        await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }
}
