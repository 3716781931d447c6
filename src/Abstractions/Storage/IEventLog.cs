using Molino.Core;

namespace Molino.Storage;

/// <summary>The durable log of what happened to jobs, read with a cursor.</summary>
public interface IEventLog
{
    /// <summary>The cursor after the newest event: reading from it gives only what comes later.</summary>
    EventCursor Head { get; }

    /// <summary>Reads events in commit order.</summary>
    /// <param name="after">The last event known; <see cref="EventCursor.Start"/> for all that are kept.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The events. <see cref="EventPage.Reset"/> when the cursor is of another generation or retention has removed what followed it.</returns>
    Task<EventPage> ReadAsync(EventCursor after, int limit, JobId? job, CancellationToken cancellationToken);
}
