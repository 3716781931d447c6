using Molino.Core;
using Molino.Storage.Sqlite.Reading;

namespace Molino.Storage.Sqlite.Events;

/// <summary>Reads the log inside one read transaction.</summary>
internal sealed class EventReader(StoreReader reader, int generation)
{
    /// <summary>Events of one job that one read goes back through; older ones are left out, with <see cref="EventPage.Reset"/>.</summary>
    private const int MaxSteps = 5000;

    /// <summary>Reads all events after a cursor.</summary>
    public EventPage ReadAll(EventCursor after, int limit)
    {
        var (from, reset) = Place(after);
        var events = new List<JobEventRecord>();
        var rows = reader.Statement(
            "SELECT first, count, at, block FROM events WHERE first>=coalesce((SELECT max(first) FROM events WHERE first<=?1), 0) ORDER BY first");
        rows.Bind(1, from + 1);
        while (events.Count < limit && rows.Step())
        {
            EventBlock.Read(rows.Blob(3), generation, rows.Int64(0), (int)rows.Int64(1), new DateTimeOffset(rows.Int64(2), TimeSpan.Zero), reader.Names, (item, _) =>
            {
                if (item.Cursor.Sequence > from) events.Add(item);
                return events.Count < limit;
            });
        }

        rows.Reset();
        return new EventPage(events, events.Count > 0 ? events[^1].Cursor : new EventCursor(generation, from), reset);
    }

    /// <summary>Reads one job's events after a cursor, by following them back from the newest.</summary>
    public EventPage ReadJob(EventCursor after, int limit, JobId job)
    {
        var (from, reset) = Place(after);
        var head = new EventCursor(generation, LastEvent());
        if (reader.Jobs.Find(job) is not { } stored) return new EventPage([], head, reset);
        var events = new List<JobEventRecord>();
        var next = stored.LastEvent;
        while (next > from && ReadOne(next) is { } found)
        {
            if (events.Count == MaxSteps)
            {
                reset = true;
                break;
            }

            events.Add(found.Event);
            next = found.Back == 0 ? 0 : next - found.Back;
        }

        events.Reverse();
        if (events.Count <= limit) return new EventPage(events, head, reset);
        events.RemoveRange(limit, events.Count - limit);
        return new EventPage(events, events[^1].Cursor, reset);
    }

    private (JobEventRecord Event, long Back)? ReadOne(long number)
    {
        var row = reader.Statement("SELECT first, count, at, block FROM events WHERE first<=?1 ORDER BY first DESC LIMIT 1");
        row.Bind(1, number);
        (JobEventRecord, long)? found = null;
        if (row.Step())
        {
            EventBlock.Read(row.Blob(3), generation, row.Int64(0), (int)row.Int64(1), new DateTimeOffset(row.Int64(2), TimeSpan.Zero), reader.Names, (item, back) =>
            {
                if (item.Cursor.Sequence < number) return true;
                found = (item, back);
                return false;
            });
        }

        row.Reset();
        return found;
    }

    /// <summary>Where to read from, and whether events before it may be missing.</summary>
    private (long From, bool Reset) Place(EventCursor after)
    {
        if (after == EventCursor.Start) return (0, false);
        var row = reader.Statement("SELECT min(first) FROM events");
        row.Step();
        var oldest = row.IsNull(0) ? LastEvent() + 1 : row.Int64(0);
        row.Reset();
        if (after.Generation != generation || after.Sequence > LastEvent()) return (oldest - 1, true);
        return after.Sequence < oldest - 1 ? (oldest - 1, true) : (after.Sequence, false);
    }

    private long LastEvent()
    {
        var row = reader.Statement("SELECT events FROM books WHERE id=1");
        row.Step();
        var last = row.Int64(0);
        row.Reset();
        return last;
    }
}
