using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Reads the event log, waiting for the next commit if asked.</summary>
internal sealed class LocalEvents(IEventLog events, JobFinder jobs, CommitPulse pulse, SiloLife life, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public async Task<EventListView> ReadAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken)
    {
        var cursor = events.Head;
        if (after is not null && !EventCursor.TryParse(after, out cursor))
            throw new JobValidationException(ErrorCodes.InvalidRequest, "after", $"'{after}' is not an event cursor.");
        if (job is { } id) await jobs.FindAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var start = time.GetTimestamp();
        var longest = wait < LongestWait ? wait : LongestWait;
        while (true)
        {
            var next = pulse.Next; // before the read, so that a commit in between is heard
            var page = await events.ReadAsync(cursor, limit, job, cancellationToken).ConfigureAwait(false);
            var left = longest - time.GetElapsedTime(start);
            if (page.Events.Count > 0 || page.Reset || left <= TimeSpan.Zero || life.IsStopping)
                return new EventListView([.. page.Events.Select(JobViews.Of)], page.Next.ToString(), page.Reset);
            cursor = page.Next;
            await life.WaitAsync(next, left, cancellationToken).ConfigureAwait(false);
        }
    }
}
