using System.Globalization;
using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Redis.Clustering;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Events;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.State;

namespace Molino.Storage.Redis.Moving;

/// <summary>Reads the store block by block of the order of acceptance; a job's record is read in one piece, so each job is as it was at one moment.</summary>
internal sealed class RedisStoreExport(RedisEngine engine) : IStoreExport
{
    private const int Blocks = 8;
    private const int States = 50;
    private const int RingParts = 64;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        yield return head;
        var pages = new JobPages(engine);
        await foreach (var ids in ReadOrderAsync(head.LastJob, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var item in pages.ReadAsync(ids, cancellationToken).ConfigureAwait(false)) yield return item;
        }

        var paused = (await ReadAsync(RespCommand.Of("SMEMBERS", engine.Keys.Paused), cancellationToken).ConfigureAwait(false)).Items.Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var queue in (await ReadAsync(RespCommand.Of("SMEMBERS", engine.Keys.Queues), cancellationToken).ConfigureAwait(false)).Items.Select(item => item.Text).Order(StringComparer.Ordinal))
            yield return new StoreItem.Queue(queue, paused.Contains(queue));
        await foreach (var item in new RetiredKeys(engine).ReadAsync(cancellationToken).ConfigureAwait(false)) yield return item;
        await foreach (var item in ReadStatesAsync(cancellationToken).ConfigureAwait(false)) yield return item;
        await foreach (var item in ReadRemindersAsync(cancellationToken).ConfigureAwait(false)) yield return item;

        // The jobs were read before this number: no job knows of a later event.
        var last = (await ReadHeadAsync(cancellationToken).ConfigureAwait(false)).LastEvent;
        await foreach (var item in ReadEventsAsync(last, cancellationToken).ConfigureAwait(false)) yield return item;
        yield return new StoreItem.Tail(last);
    }

    private async Task<StoreItem.Head> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var books = (await ReadAsync(RespCommand.Of("HMGET", engine.Keys.Meta, "jobs", "events", "refused"), cancellationToken).ConfigureAwait(false)).Items;
        var now = await engine.NowAsync(cancellationToken).ConfigureAwait(false);
        return new StoreItem.Head("redis", engine.Identity.Key, engine.Identity.Generation, books[0].Number, books[1].Number, books[0].Number, books[2].Number, now);
    }

    /// <summary>Reads ids in the order of acceptance, up to and with a sequence.</summary>
    private async IAsyncEnumerable<List<JobId>> ReadOrderAsync(long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = "-";
        while (true)
        {
            var command = new RespCommand("XRANGE").Arg(engine.Keys.Order).Arg(from).Arg("+").Arg("COUNT").Arg(Blocks);
            var blocks = (await ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
            if (blocks.Length == 0) yield break;
            var ids = new List<JobId>();
            foreach (var block in blocks)
            {
                from = "(" + block.Items[0].Text;
                var first = NumberOf(block.Items[0].Text);
                var bytes = block.Items[1].Items[1].Bytes;
                for (var i = 0; i < bytes.Length / JobId.ByteLength && first + i <= last; i++) ids.Add(JobId.FromBytes(bytes.AsSpan(i * JobId.ByteLength)));
            }

            if (ids.Count == 0) yield break;
            yield return ids;
        }
    }

    private async IAsyncEnumerable<StoreItem.GrainState> ReadStatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fields = (await engine.State.ReadAsync(RespCommand.Of("HKEYS", engine.Keys.States), cancellationToken).ConfigureAwait(false)).Items.Select(item => item.Text);
        var records = new GuardedFields(engine, engine.Keys.States);
        foreach (var some in fields.Order(StringComparer.Ordinal).Chunk(States))
        {
            foreach (var (field, _, bytes) in await records.ReadAsync(some, cancellationToken).ConfigureAwait(false))
            {
                var parts = field.Split(RedisGrainState.Separator);
                if (parts.Length != 3) throw new StoreException(ErrorCodes.StoreCorrupt, "A record of grain state has a name that cannot be.");
                yield return new StoreItem.GrainState(parts[0], parts[1], parts[2], bytes);
            }
        }
    }

    private async IAsyncEnumerable<StoreItem.Reminder> ReadRemindersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = new RedisReminderTable(engine);
        const uint step = (uint)((1UL << 32) / RingParts);
        for (uint part = 0; part < RingParts; part++)
        {
            foreach (var row in await table.ReadRangeAsync(unchecked((part * step) - 1), unchecked(((part + 1) * step) - 1), cancellationToken).ConfigureAwait(false))
                yield return new StoreItem.Reminder(row);
        }
    }

    private async IAsyncEnumerable<StoreItem.Event> ReadEventsAsync(long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = "-";
        while (true)
        {
            var command = new RespCommand("XRANGE").Arg(engine.Keys.Events).Arg(from).Arg(last.ToString(CultureInfo.InvariantCulture)).Arg("COUNT").Arg(Blocks);
            var blocks = (await ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
            if (blocks.Length == 0) yield break;
            from = "(" + blocks[^1].Items[0].Text;
            var events = await engine.DecodeAsync(
                () => blocks.SelectMany(item => EventBlock.Read(item.Items[1].Items[1].Bytes, NumberOf(item.Items[0].Text), 0, engine.Names)).ToList()).ConfigureAwait(false);
            foreach (var (record, previous) in events) yield return new StoreItem.Event(record, previous);
        }
    }

    private static long NumberOf(string id) => long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    private Task<Reply> ReadAsync(RespCommand command, CancellationToken cancellationToken) => engine.Jobs.ReadAsync(command, cancellationToken);
}
