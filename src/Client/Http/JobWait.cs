using Molino.Core;

namespace Molino.Client;

/// <summary>Reads a job and waits for its end: the server holds the answer; waits longer than one hold are repeated.</summary>
internal sealed class JobWait(HttpChannel channel, MolinoClientOptions options)
{
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
            var hold = Shorter(wait - time.GetElapsedTime(started), options.MaxHold);
            var asked = time.GetTimestamp();
            var call = HttpCall.Get(new Query($"/api/jobs/{id}").AddWait(hold).ToString(), hold);
            var job = await channel.CallAsync(call, Answers.Json<JobView>(), cancellationToken).ConfigureAwait(false);
            var left = wait - time.GetElapsedTime(started);
            if (job.IsTerminal || left <= TimeSpan.Zero) return job;

            // A server that holds shorter than asked, or not at all, is asked less and less often instead of all the time.
            if (time.GetElapsedTime(asked) >= hold / 2) early = -1;
            else await Task.Delay(Shorter(RetryDelay.After(early), left), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The shorter of two spans, not below zero.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other)
    {
        var shorter = one < other ? one : other;
        return shorter < TimeSpan.Zero ? TimeSpan.Zero : shorter;
    }
}
