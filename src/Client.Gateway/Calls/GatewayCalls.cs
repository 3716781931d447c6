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
        long? failed = null; // from here repeats count, not from the start: a dead gateway may show only by its silence
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

            failed ??= options.TimeProvider.GetTimestamp();
            await PauseAsync(failure, attempt, failed.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits before a repeat, or throws when there is none.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="attempt">Tries before this one.</param>
    /// <param name="failed">When the first of them failed.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task PauseAsync(GatewayFailure failure, int attempt, long failed, CancellationToken cancellationToken)
    {
        var wait = failure.Wait ?? RetryDelay.After(attempt);
        if (!failure.CanRepeat || options.TimeProvider.GetElapsedTime(failed) + wait > options.RetryFor) throw failure.Error;
        await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }
}
