using Molino.Core;
using Orleans.Runtime;

namespace Molino.Hosting;

/// <summary>
/// Calls grains on behalf of callers outside. While the silo that has a grain is dead, paused or handing over, the runtime refuses calls or lets them wait; within
/// seconds another silo has the grain. Calls that may be made twice are repeated until then.
/// </summary>
internal sealed class GrainCalls(TimeProvider time)
{
    /// <summary>A silo counts as dead after 5 s and a hand-over takes up to 5 s; no caller waits longer than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes a call that may be made twice.</summary>
    /// <param name="call">Makes it; told whether it was made before, with an effect that is not known.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException"><c>silo_unavailable</c>: nobody took the grain over in time.</exception>
    public async Task<T> RepeatAsync<T>(Func<bool, Task<T>> call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var again = false; ; again = true)
        {
            var left = Longest - time.GetElapsedTime(started);
            try
            {
                if (left <= TimeSpan.Zero) throw new TimeoutException();
                return await call(again).WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (IsAway(error))
            {
                if (left <= Pause)
                    throw new JobSystemException(ErrorCodes.SiloUnavailable, $"The silo that has this was away for {Longest.TotalSeconds} s, and no other took over. Try again.", error);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a call that must not be made twice.</summary>
    /// <exception cref="JobSystemException"><c>outcome_unknown</c>: the silo went away under it.</exception>
    public async Task<T> OnceAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(Longest, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsAway(error))
        {
            throw new JobSystemException(ErrorCodes.OutcomeUnknown, "The silo that has this went away; whether it did what was asked is not known. Read before trying again.", error);
        }
    }

    private static bool IsAway(Exception error) => error is OrleansMessageRejectionException or LimitExceededException or TimeoutException;
}
