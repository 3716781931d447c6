using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Clustering;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Content;
using Molino.Storage.Redis.Events;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.State;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Moving;

/// <summary>Turns items into commands and sends them, many at once.</summary>
internal sealed class ItemWriter
{
    private const int OrderBlock = 128;

    private readonly ImportLinks _links;
    private readonly StoreKeys _keys;
    private readonly StoreItem.Head _head;
    private readonly NameTable _names;
    private readonly JobIndex _index;
    private readonly EventWriter _events;
    private readonly PackBuffer _record = new(4096);
    private readonly PackBuffer _scratch = new(4096);
    private readonly PackBuffer _order = new(OrderBlock * JobId.ByteLength);
    private readonly List<(RedisLink Link, RespCommand Command)> _commands = [];
    private readonly List<StoreItem.RetiredKey> _retired = [];
    private BatchScript _script;
    private long _orderFirst;
    private long _eventNext;
    private long _blockEnd;

    public ItemWriter(ImportLinks links, StoreKeys keys, StoreItem.Head head)
    {
        (_links, _keys, _head) = (links, keys, head);
        _names = new NameTable(keys);
        _index = new JobIndex(keys);
        _script = new BatchScript(keys);
        _events = new EventWriter(_names, WriteEvents);
    }

    /// <summary>Jobs written so far.</summary>
    public long Jobs { get; private set; }

    /// <summary>What was left out so far.</summary>
    public ImportLeftOut LeftOut { get; private set; }

    /// <summary>Writes items.</summary>
    public async Task WriteAsync(IReadOnlyList<StoreItem> items, CancellationToken cancellationToken)
    {
        foreach (var name in items.SelectMany(NamesOf).Where(name => !_names.Knows(name)).Distinct(StringComparer.Ordinal).ToList())
            await _names.EnsureAsync(name, command => _links.Jobs.WriteAsync(command, cancellationToken)).ConfigureAwait(false);
        var known = await KnownEventsAsync(items, cancellationToken).ConfigureAwait(false);
        _script = new BatchScript(_keys);
        foreach (var item in items) Add(item, known);
        EndOrder();
        _events.Finish();
        foreach (var command in _script.ToCommands()) _commands.Add((_links.Jobs, command));
        await Task.WhenAll(_commands.ConvertAll(item => item.Link.WriteAsync(item.Command, cancellationToken))).ConfigureAwait(false);
        _commands.Clear();
        await AddRetiredAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> NamesOf(StoreItem item)
    {
        IEnumerable<string?> names = item switch
        {
            StoreItem.StoredJob { Job: var job } => [job.Spec.Type, job.Spec.Queue, job.Queue, job.Silo, job.Pool, .. job.History.Select(attempt => attempt.Silo)],
            StoreItem.Event { Record: var record } => [record.Type, record.Queue, record.Silo],
            StoreItem.Queue queue => [queue.Name],
            _ => [],
        };
        return names.OfType<string>();
    }

    private void Add(StoreItem item, Dictionary<JobId, long> known)
    {
        switch (item)
        {
            case StoreItem.StoredJob job:
                AddJob(job);
                break;
            case StoreItem.ResultPart part:
                var packed = RedisContentStore.PackPart(part.FirstItem, part.Items, part.Length, part.Packed.Span);
                var put = new RespCommand("HSET", packed.Length + 256).Arg(_keys.Parts(part.Job, part.Epoch));
                _commands.Add((_links.Content, put.Arg(part.Index).Arg(packed).Arg(RedisContentStore.FirstField(part.Index)).Arg(part.FirstItem)));
                break;
            case StoreItem.LogLines log:
                foreach (var line in log.Lines)
                    Send(new RespCommand("XADD").Arg(_keys.Log(log.Job)).Arg(string.Create(CultureInfo.InvariantCulture, $"{line.Number}-0")).Arg("l").Arg(RedisContentStore.PackLine(line)));
                break;
            case StoreItem.JobData data:
                Send(new RespCommand("HSET", data.Value.Length + 256).Arg(_keys.Data(data.Job)).Arg(data.Key).Arg(data.Value.Span));
                break;
            case StoreItem.Queue queue:
                Send(RespCommand.Of("SADD", _keys.Queues, queue.Name));
                if (queue.Paused) Send(RespCommand.Of("SADD", _keys.Paused, queue.Name));
                break;
            case StoreItem.RetiredKey key:
                _retired.Add(key);
                break;
            case StoreItem.GrainState state:
                byte[] value = [.. Encoding.ASCII.GetBytes(NewEtag()), .. state.Bytes.Span];
                _commands.Add((_links.State, RespCommand.Of("HSET", _keys.States, RedisGrainState.FieldOf(state.Type, state.Id, state.Name)).Arg(value)));
                break;
            case StoreItem.Reminder { Row: var row }:
                var field = RedisReminderTable.FieldOf(row.Grain, row.Name);
                byte[] packedRow = [.. Encoding.ASCII.GetBytes(NewEtag()), .. RedisReminderTable.Pack(row)];
                _commands.Add((_links.State, RespCommand.Of("HSET", _keys.Reminders, field).Arg(packedRow)));
                _commands.Add((_links.State, RespCommand.Of("ZADD", _keys.ReminderIndex).Arg(row.Hash).Arg(field)));
                _commands.Add((_links.State, RespCommand.Of("SADD", _keys.RemindersOf(row.Grain), row.Name)));
                break;
            case StoreItem.Event happened:
                AddEvent(happened, known);
                break;
            default:
                throw new ArgumentException($"{item.GetType().Name} is not to be written.", nameof(item));
        }
    }

    private void AddJob(StoreItem.StoredJob item)
    {
        var job = item.Job;
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        job.Id.WriteBytes(id);
        var parts = JobRecord.PartsOf(job);
        Span<byte> stamp = stackalloc byte[JobRecord.StampLength];
        JobRecord.WriteBytes(stamp[..6], job.Sequence);
        JobRecord.WriteBytes(stamp[6..], item.LastEvent);
        _record.Clear();
        _record.Raw(stamp);
        JobRecord.Pack(job, parts, _names, _record, _scratch);
        _script.Command("HSET", _keys.Jobs).Add(id).Add(_record.Written);
        if ((parts & RecordParts.ArgsApart) != RecordParts.None) Send(RespCommand.Of("HSET", _keys.Args).Arg(id).Arg(job.Spec.Args.Span));
        if ((parts & RecordParts.ResultApart) != RecordParts.None && job.Result is { } result) Send(RespCommand.Of("HSET", _keys.Results).Arg(id).Arg(result.Inline.Span));
        if (item.Key is { } key && job.Spec.IdempotencyKey is { } text)
        {
            var value = new SubmitKey(job.Id, key.Hash.ToArray(), StoreTicks.Of(key.CreatedAt), null);
            _script.Command("HSET", _keys.SubmitKeys).Add(SubmitKey.FieldOf(job.Spec.Type, text)).Add(value.Pack());
        }

        _index.Move(_script, id, null, job);
        if (_order.Length > 0 && (_order.Length == OrderBlock * JobId.ByteLength || job.Sequence != _orderFirst + (_order.Length / JobId.ByteLength))) EndOrder();
        if (_order.Length == 0) _orderFirst = job.Sequence;
        _order.Raw(id);
        Jobs++;
    }

    /// <summary>A block holds jobs whose sequences follow each other; where jobs were removed, another begins.</summary>
    private void EndOrder()
    {
        if (_order.Length == 0) return;
        var name = string.Create(CultureInfo.InvariantCulture, $"{_orderFirst}-{_order.Length / JobId.ByteLength}");
        Send(new RespCommand("XADD", _order.Length + 128).Arg(_keys.Order).Arg(name).Arg("i").Arg(_order.Written));
        _order.Clear();
    }

    private void AddEvent(StoreItem.Event happened, Dictionary<JobId, long> known)
    {
        var number = happened.Record.Cursor.Sequence;
        if (number > _head.LastEvent && known.GetValueOrDefault(happened.Record.Job) < number)
        {
            LeftOut = LeftOut with { Events = LeftOut.Events + 1 };
            return;
        }

        if (number != _eventNext)
        {
            _events.Finish();
            _blockEnd = number - 1;
        }

        _eventNext = number + 1;
        _events.Append(happened.Record, happened.Previous);
    }

    private void WriteEvents(int count, byte[] block)
    {
        _blockEnd += count;
        Send(new RespCommand("XADD", block.Length + 128).Arg(_keys.Events).Arg(string.Create(CultureInfo.InvariantCulture, $"{_blockEnd}-0")).Arg("e").Arg(block));
    }

    /// <summary>The last event that each job, as it was read, had come to; only for events from when the store had gone on already.</summary>
    private async Task<Dictionary<JobId, long>> KnownEventsAsync(IReadOnlyList<StoreItem> items, CancellationToken cancellationToken)
    {
        var known = new Dictionary<JobId, long>();
        var ids = items.OfType<StoreItem.Event>().Where(item => item.Record.Cursor.Sequence > _head.LastEvent).Select(item => item.Record.Job).Distinct().ToList();
        if (ids.Count == 0) return known;
        var command = new RespCommand("HMGET", ids.Count * 32).Arg(_keys.Jobs);
        var id = new byte[JobId.ByteLength];
        foreach (var job in ids)
        {
            job.WriteBytes(id);
            command.Arg(id);
        }

        var records = (await _links.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        for (var i = 0; i < records.Length; i++)
        {
            if (!records[i].IsNull) known[ids[i]] = JobRecord.ReadBytes(records[i].Bytes.AsSpan(6, 6));
        }

        return known;
    }

    private async Task AddRetiredAsync(CancellationToken cancellationToken)
    {
        foreach (var item in _retired)
        {
            var field = SubmitKey.FieldOf(item.Type, item.Key);
            var value = new SubmitKey(item.Job, item.Submitted.Hash.ToArray(), StoreTicks.Of(item.Submitted.CreatedAt), item.Ended);
            var added = await _links.Jobs.WriteAsync(RespCommand.Of("HSETNX", _keys.SubmitKeys, field).Arg(value.Pack()), cancellationToken).ConfigureAwait(false);
            if (added.Number == 0) LeftOut = LeftOut with { Keys = LeftOut.Keys + 1 };
            else await _links.Jobs.WriteAsync(RespCommand.Of("ZADD", _keys.Forget).Arg(value.CreatedTicks + SubmitKey.MinimumLife.Ticks).Arg(field), cancellationToken).ConfigureAwait(false);
        }

        _retired.Clear();
    }

    private static string NewEtag() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private void Send(RespCommand command) => _commands.Add((_links.Jobs, command));
}
