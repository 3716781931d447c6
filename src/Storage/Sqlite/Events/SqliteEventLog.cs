using Molino.Core;

namespace Molino.Storage.Sqlite.Events;

/// <summary>The event log in SQLite.</summary>
internal sealed class SqliteEventLog(SqliteEngine engine) : IEventLog
{
    /// <summary>The most events of a page.</summary>
    public const int MaxLimit = 1000;

    /// <inheritdoc/>
    public EventCursor Head => new(engine.Identity.Generation, engine.Head);

    /// <inheritdoc/>
    public Task<EventPage> ReadAsync(EventCursor after, int limit, JobId? job, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        return engine.Readers.ScanAsync(
            reader =>
            {
                var events = new EventReader(reader, engine.Identity.Generation);
                return job is { } one ? events.ReadJob(after, limit, one) : events.ReadAll(after, limit);
            },
            cancellationToken);
    }
}
