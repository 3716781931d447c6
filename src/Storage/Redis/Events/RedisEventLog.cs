using System.Globalization;
using Molino.Core;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Events;

/// <summary>The event log in Redis: a stream of blocks, each under the number of its last event.</summary>
internal sealed class RedisEventLog(RedisEngine engine) : IEventLog
{
    /// <summary>The most events of a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Events of one job that one read goes back through; older ones are left out, with <see cref="EventPage.Reset"/>.</summary>
    private const int MaxSteps = 5000;

    /// <inheritdoc/>
    public EventCursor Head => new(engine.Identity.Generation, engine.Head);

    /// <inheritdoc/>
    public async Task<EventPage> ReadAsync(EventCursor after, int limit, JobId? job, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        var generation = engine.Identity.Generation;
        var (from, reset) = await PlaceAsync(after, generation, cancellationToken).ConfigureAwait(false);
        return job is { } id
            ? await ReadJobAsync(id, from, reset, limit, generation, cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(from, reset, limit, generation, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EventPage> ReadAllAsync(long from, bool reset, int limit, int generation, CancellationToken cancellationToken)
    {
        var events = new List<JobEventRecord>();
        var next = from;
        while (events.Count < limit)
        {
            var blocks = await BlocksAsync(next + 1, Math.Clamp((limit - events.Count) / 8, 4, 64), generation, cancellationToken).ConfigureAwait(false);
            if (blocks.Count == 0) break;
            foreach (var (record, _) in blocks)
            {
                next = record.Cursor.Sequence;
                if (next > from && events.Count < limit) events.Add(record);
            }
        }

        engine.Saw(next);
        return new EventPage(events, events.Count > 0 ? events[^1].Cursor : new EventCursor(generation, from), reset);
    }

    private async Task<EventPage> ReadJobAsync(JobId id, long from, bool reset, int limit, int generation, CancellationToken cancellationToken)
    {
        var head = await LastEventAsync(cancellationToken).ConfigureAwait(false);
        if (await engine.Reader.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } stored) return new EventPage([], new EventCursor(generation, head), reset);
        var end = new EventCursor(generation, Math.Max(head, stored.LastEvent)); // the job may have changed since the head was read
        var events = new List<JobEventRecord>();
        var next = stored.LastEvent;
        List<(JobEventRecord Event, long Previous)> block = [];
        while (next > from)
        {
            if (block.Count == 0 || block[0].Event.Cursor.Sequence > next)
                block = await BlocksAsync(next, 1, generation, cancellationToken).ConfigureAwait(false);
            var place = block.Count == 0 ? -1 : next - block[0].Event.Cursor.Sequence;
            if (place < 0 || place >= block.Count || block[(int)place].Event.Job != id) break;
            if (events.Count == MaxSteps)
            {
                reset = true;
                break;
            }

            events.Add(block[(int)place].Event);
            next = block[(int)place].Previous;
        }

        events.Reverse();
        if (events.Count <= limit) return new EventPage(events, end, reset);
        events.RemoveRange(limit, events.Count - limit);
        return new EventPage(events, events[^1].Cursor, reset);
    }

    /// <summary>Reads blocks from the one that holds an event.</summary>
    private async Task<List<(JobEventRecord Event, long Previous)>> BlocksAsync(long from, int count, int generation, CancellationToken cancellationToken)
    {
        var command = new RespCommand("XRANGE").Arg(engine.Keys.Events).Arg(from.ToString(CultureInfo.InvariantCulture)).Arg("+").Arg("COUNT").Arg(count);
        var reply = await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false);
        return await engine.DecodeAsync(
            () => reply.Items.SelectMany(item => EventBlock.Read(item.Items[1].Items[1].Bytes, NumberOf(item.Items[0].Text), generation, engine.Names)).ToList()).ConfigureAwait(false);
    }

    private static long NumberOf(string id) => long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Where to read from, and whether events before it may be missing.</summary>
    private async Task<(long From, bool Reset)> PlaceAsync(EventCursor after, int generation, CancellationToken cancellationToken)
    {
        if (after == EventCursor.Start) return (0, false);
        var last = await LastEventAsync(cancellationToken).ConfigureAwait(false);
        var first = await BlocksAsync(0, 1, generation, cancellationToken).ConfigureAwait(false);
        var oldest = first.Count > 0 ? first[0].Event.Cursor.Sequence : last + 1;
        if (after.Generation != generation || after.Sequence > last) return (oldest - 1, true);
        return after.Sequence < oldest - 1 ? (oldest - 1, true) : (after.Sequence, false);
    }

    private async Task<long> LastEventAsync(CancellationToken cancellationToken) =>
        (await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Meta, "events"), cancellationToken).ConfigureAwait(false)).Number;
}
