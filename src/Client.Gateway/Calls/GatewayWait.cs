using Molino.Core;

namespace Molino.Client.Gateway;

/// <summary>Reads a job and waits for its end: the gateway holds the answer; waits longer than one hold are repeated.</summary>
internal sealed class GatewayWait(GatewayCalls calls, MolinoGatewayOptions options)
{
    /// <summary>How long to ask the gateway to wait.</summary>
    public TimeSpan HoldOf(TimeSpan wait) => JobWait.Shorter(wait, options.MaxHold);

    /// <summary>Reads a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end; zero for not at all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<JobView> GetAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var time = options.TimeProvider;
        var started = time.GetTimestamp();
        for (var early = 0; ; early++)
        {
            var hold = HoldOf(wait - time.GetElapsedTime(started));
            var asked = time.GetTimestamp();
            var job = await calls.CallAsync("the read of a job", Repeat.Always, (gateway, _) => gateway.GetJobAsync(id, hold, cancellationToken), cancellationToken).ConfigureAwait(false);
            var left = wait - time.GetElapsedTime(started);
            if (job.IsTerminal || left <= TimeSpan.Zero) return job;

            // A silo that stops ends waits at once: it is asked less and less often instead of all the time.
            if (time.GetElapsedTime(asked) >= hold / 2) early = -1;
            else await Task.Delay(JobWait.Shorter(RetryDelay.After(early), left), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
