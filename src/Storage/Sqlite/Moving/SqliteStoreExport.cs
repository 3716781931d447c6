using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Sqlite.Events;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.State;

namespace Molino.Storage.Sqlite.Moving;

/// <summary>
/// Reads the store page by page, each page in a short read of its own: a read that lasted as long as the backup would keep the log from being emptied,
/// and the writer would wait for it (decision 0011).
/// </summary>
internal sealed class SqliteStoreExport(SqliteEngine engine) : IStoreExport
{
    private const int RingParts = 64;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await ScanAsync(ReadHead, cancellationToken).ConfigureAwait(false);
        yield return head;
        long after = 0;
        while (after < head.LastJob)
        {
            var from = after;
            var page = await ScanAsync(reader => JobPageReader.Read(reader, from, head.LastJob), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) break;
            foreach (var item in page) yield return item;
            after = page[^1].Job.Sequence;
            await foreach (var item in ReadContentAsync(page, from, after, cancellationToken).ConfigureAwait(false)) yield return item;
        }

        foreach (var queue in await ScanAsync(reader => QueueReader.ReadAll(reader), cancellationToken).ConfigureAwait(false)) yield return new StoreItem.Queue(queue.Name, queue.Paused);
        await foreach (var item in PagesAsync<StoreItem.RetiredKey>(RestReader.ReadKeys, cancellationToken).ConfigureAwait(false)) yield return item;
        await foreach (var item in PagesAsync<StoreItem.GrainState>(RestReader.ReadStates, cancellationToken).ConfigureAwait(false)) yield return item;
        await foreach (var item in ReadRemindersAsync(cancellationToken).ConfigureAwait(false)) yield return item;

        // The jobs were read before this number: no job knows of a later event.
        var last = (await ScanAsync(ReadHead, cancellationToken).ConfigureAwait(false)).LastEvent;
        for (long next = 1; next <= last;)
        {
            var (number, upTo) = (next, last);
            var events = await ScanAsync(reader => ReadEvents(reader, number, upTo), cancellationToken).ConfigureAwait(false);
            if (events.Count == 0) break;
            foreach (var item in events) yield return item;
            next = events[^1].Record.Cursor.Sequence + 1;
        }

        yield return new StoreItem.Tail(last);
    }

    private StoreItem.Head ReadHead(StoreReader reader)
    {
        var row = reader.Statement("SELECT jobs, events, accepted, refused FROM books WHERE id=1");
        row.Step();
        var head = new StoreItem.Head("sqlite", engine.Identity.Key, engine.Identity.Generation, row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), engine.Time.GetUtcNow());
        row.Reset();
        return head;
    }

    private async IAsyncEnumerable<StoreItem> ReadContentAsync(
        List<StoreItem.StoredJob> page, long after, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var job in page.Select(item => item.Job).Where(job => job is { Status: JobStatus.Succeeded, Result.Chunks: > 0 }))
        {
            for (var number = 0; ; number++)
            {
                var index = number;
                if (await ScanAsync(reader => JobPageReader.ReadPart(reader, job, index), cancellationToken).ConfigureAwait(false) is not { } part) break;
                yield return part;
            }
        }

        var ids = page.ToDictionary(item => item.Job.Sequence, item => item.Job.Id);
        var line = (Job: after, Number: long.MaxValue);
        while (true)
        {
            var from = line;
            var lines = await ScanAsync(reader => JobPageReader.ReadLines(reader, from, last), cancellationToken).ConfigureAwait(false);
            if (lines.Count == 0) break;
            foreach (var (sequence, some) in lines)
            {
                if (ids.TryGetValue(sequence, out var id)) yield return new StoreItem.LogLines(id, some);
            }

            line = (lines[^1].Job, lines[^1].Lines[^1].Number);
        }

        var place = (Job: after + 1, Key: "");
        var isFirst = true;
        while (true)
        {
            var (from, including) = (place, isFirst);
            var data = await ScanAsync(reader => JobPageReader.ReadData(reader, from, including, last), cancellationToken).ConfigureAwait(false);
            if (data.Count == 0) break;
            foreach (var (sequence, key, value) in data)
            {
                if (ids.TryGetValue(sequence, out var id)) yield return new StoreItem.JobData(id, key, value);
            }

            place = (data[^1].Job, data[^1].Key);
            isFirst = false;
        }
    }

    /// <summary>Reads a table whose pages begin after the last item of the page before.</summary>
    private async IAsyncEnumerable<T> PagesAsync<T>(Func<StoreReader, T?, List<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : StoreItem
    {
        T? last = null;
        while (true)
        {
            var after = last;
            var page = await ScanAsync(reader => read(reader, after), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) yield break;
            foreach (var item in page) yield return item;
            last = page[^1];
        }
    }

    private async IAsyncEnumerable<StoreItem.Reminder> ReadRemindersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = new SqliteReminderTable(engine);
        const uint step = (uint)((1UL << 32) / RingParts);
        for (uint part = 0; part < RingParts; part++)
        {
            foreach (var row in await table.ReadRangeAsync(unchecked((part * step) - 1), unchecked(((part + 1) * step) - 1), cancellationToken).ConfigureAwait(false))
                yield return new StoreItem.Reminder(row);
        }
    }

    private static List<StoreItem.Event> ReadEvents(StoreReader reader, long from, long upTo)
    {
        const int blocks = 16;
        var events = new List<StoreItem.Event>();
        var rows = reader.Statement("SELECT first, count, at, block FROM events WHERE first>=?1 AND first<=?2 ORDER BY first LIMIT ?3");
        rows.Bind(1, from);
        rows.Bind(2, upTo);
        rows.Bind(3, blocks);
        while (rows.Step())
        {
            EventBlock.Read(rows.Blob(3), 0, rows.Int64(0), (int)rows.Int64(1), new DateTimeOffset(rows.Int64(2), TimeSpan.Zero), reader.Names, (item, back) =>
            {
                events.Add(new StoreItem.Event(item, back == 0 ? 0 : item.Cursor.Sequence - back));
                return true;
            });
        }

        rows.Reset();
        return events;
    }

    private Task<T> ScanAsync<T>(Func<StoreReader, T> read, CancellationToken cancellationToken) => engine.Readers.ScanAsync(read, cancellationToken);
}
