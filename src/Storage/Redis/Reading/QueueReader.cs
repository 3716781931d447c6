using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.Reading;

/// <summary>Reads counts of queues. All come from stored counters and the heads of the indexes: nothing is counted.</summary>
internal sealed class QueueReader(RedisEngine engine)
{
    /// <summary>All queues, by name.</summary>
    public async Task<IReadOnlyList<QueueCounts>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var stopped = engine.Jobs.ReadAsync(RespCommand.Of("SMEMBERS", engine.Keys.Paused), cancellationToken);
        var cells = (await engine.Jobs.ReadAsync(RespCommand.Of("HGETALL", engine.Keys.Counts), cancellationToken).ConfigureAwait(false)).Items;
        var paused = (await stopped.ConfigureAwait(false)).Items.Select(queue => queue.Text).ToHashSet(StringComparer.Ordinal);
        var queues = new SortedDictionary<string, Dictionary<string, long>>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < cells.Length; i += 2)
        {
            var (queue, cell) = Split(cells[i].Text);
            if (!queues.TryGetValue(queue, out var counts)) queues[queue] = counts = new Dictionary<string, long>(StringComparer.Ordinal);
            counts[cell] = cells[i + 1].Number;
        }

        return await Task.WhenAll(queues.Select(queue => FinishAsync(queue.Key, queue.Value, paused.Contains(queue.Key), cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>One queue, or null when it never had a job.</summary>
    public async Task<QueueCounts?> ReadAsync(string queue, CancellationToken cancellationToken)
    {
        var known = engine.Jobs.ReadAsync(RespCommand.Of("SISMEMBER", engine.Keys.Queues, queue), cancellationToken);
        var paused = engine.Jobs.ReadAsync(RespCommand.Of("SISMEMBER", engine.Keys.Paused, queue), cancellationToken);
        string[] fields = ["w", "s", "r", "failed", .. Enumerable.Range(0, JobPriority.Highest + 1).Select(priority => $"q{priority}")];
        var command = RespCommand.Of("HMGET", engine.Keys.Counts);
        foreach (var field in fields) command.Arg(queue + "/" + field);
        var cells = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        if ((await known.ConfigureAwait(false)).Number == 0) return null;
        var counts = fields.Select((field, i) => (field, Value: cells[i].IsNull ? 0 : cells[i].Number)).ToDictionary(cell => cell.field, cell => cell.Value, StringComparer.Ordinal);
        return await FinishAsync(queue, counts, (await paused.ConfigureAwait(false)).Number == 1, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds up all counters.</summary>
    /// <returns>Jobs that are live and jobs that are finished.</returns>
    public static (long Live, long Finished) Sum(Reply[] cells)
    {
        long live = 0, finished = 0;
        for (var i = 0; i + 1 < cells.Length; i += 2)
        {
            var (_, cell) = Split(cells[i].Text);
            if (cell is "w" or "s" or "r" || cell.StartsWith('q')) live += cells[i + 1].Number;
            else finished += cells[i + 1].Number;
        }

        return (live, finished);
    }

    private static (string Queue, string Cell) Split(string field)
    {
        var slash = field.LastIndexOf('/');
        return (field[..slash], field[(slash + 1)..]);
    }

    private async Task<QueueCounts> FinishAsync(string queue, Dictionary<string, long> counts, bool paused, CancellationToken cancellationToken)
    {
        var byPriority = new long[JobPriority.Highest + 1];
        for (var priority = 0; priority < byPriority.Length; priority++) byPriority[priority] = counts.GetValueOrDefault($"q{priority}");
        var scheduled = counts.GetValueOrDefault("s");
        var oldest = byPriority.Sum() == 0 ? null : await OldestAsync(queue, cancellationToken).ConfigureAwait(false);
        var due = scheduled == 0 ? [] : (await engine.Jobs.ReadAsync(RespCommand.Of("ZRANGE", engine.Keys.Due(queue), "0", "0", "WITHSCORES"), cancellationToken).ConfigureAwait(false)).Items;
        return new QueueCounts
        {
            Name = queue,
            Waiting = counts.GetValueOrDefault("w"),
            Scheduled = scheduled,
            Queued = byPriority.Sum(),
            Running = counts.GetValueOrDefault("r"),
            Failed = counts.GetValueOrDefault("failed"),
            QueuedByPriority = byPriority,
            OldestQueuedAt = oldest,
            NextDueAt = due.Length == 0 ? null : StoreTicks.ToTime((long)due[1].Score),
            Paused = paused,
        };
    }

    private async Task<DateTimeOffset?> OldestAsync(string queue, CancellationToken cancellationToken)
    {
        if (!engine.Names.Knows(queue)) await engine.Names.LoadAsync(command => engine.Jobs.ReadAsync(command, cancellationToken)).ConfigureAwait(false);
        var code = new byte[3];
        JobRecord.WriteCode(engine.Names, queue, code);
        var keys = new RespArguments().Add(engine.Keys.Jobs).Add(engine.Keys.Late(queue)).Add(engine.Keys.Suspects(queue));
        for (var priority = JobPriority.Highest; priority >= JobPriority.Lowest; priority--) keys.Add(engine.Keys.Ready(queue, priority));
        var reply = await engine.Jobs.ReadAsync(StoreScript.Heads.Call(keys, new RespArguments().Add(code)), cancellationToken).ConfigureAwait(false);
        if (reply.IsNull) return null;
        var id = JobId.FromBytes(reply.Items[0].Bytes);
        return (await engine.DecodeAsync(() => JobRecord.Unpack(id, reply.Items[1].Bytes, engine.Names)).ConfigureAwait(false)).Job.Spec.CreatedAt;
    }
}
