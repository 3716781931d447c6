using Molino.Clustering;
using Molino.Core;
using Molino.Storage.Packing;

namespace Molino.Storage.Moving.Archive;

/// <summary>Packs items for archives: a byte for the kind, the length, the item. Names are written out; blocks are compressed anyway.</summary>
internal sealed class StoreItemCodec
{
    private const byte HeadKind = 1;
    private const byte JobKind = 2;
    private const byte PartKind = 3;
    private const byte LogKind = 4;
    private const byte DataKind = 5;
    private const byte QueueKind = 6;
    private const byte KeyKind = 7;
    private const byte StateKind = 8;
    private const byte ReminderKind = 9;
    private const byte EventKind = 10;
    private const byte TailKind = 11;

    private readonly PackBuffer _item = new(4096);
    private readonly PackBuffer _part = new(4096);

    /// <summary>Appends an item to a block.</summary>
    public void Write(StoreItem item, PackBuffer block)
    {
        _item.Clear();
        block.Byte(WriteBody(item));
        block.Bytes(_item.Written);
    }

    /// <summary>Reads the next item of a block.</summary>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreTooNew"/> or <see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public static StoreItem Read(ref PackReader block)
    {
        var kind = block.Byte();
        var item = new PackReader(block.Bytes());
        return kind switch
        {
            HeadKind => new StoreItem.Head(item.Text(), item.Text(), item.Int32(), item.Signed(), item.Signed(), item.Signed(), item.Signed(), ReadTime(ref item)),
            JobKind => ReadJob(ref item),
            PartKind => new StoreItem.ResultPart(ReadId(ref item), item.Int32(), item.Int32(), item.Signed(), item.Signed(), item.Int32(), item.Bytes().ToArray()),
            LogKind => ReadLog(ref item),
            DataKind => new StoreItem.JobData(ReadId(ref item), item.Text(), item.Bytes().ToArray()),
            QueueKind => new StoreItem.Queue(item.Text(), item.Byte() == 1),
            KeyKind => new StoreItem.RetiredKey(item.Text(), item.Text(), ReadId(ref item), (JobStatus)item.Byte(), ReadKey(ref item)),
            StateKind => new StoreItem.GrainState(item.Text(), item.Text(), item.Text(), item.Bytes().ToArray()),
            ReminderKind => new StoreItem.Reminder(new ReminderRow(item.Text(), item.Text(), (uint)item.Unsigned(), ReadTime(ref item), new TimeSpan(item.Signed()), "")),
            EventKind => ReadEvent(ref item),
            TailKind => new StoreItem.Tail(item.Signed()),
            _ => throw new StoreException(ErrorCodes.StoreTooNew, $"The archive holds an item of kind {kind}, which this version of Molino does not know."),
        };
    }

    private byte WriteBody(StoreItem item)
    {
        switch (item)
        {
            case StoreItem.Head head:
                _item.Text(head.Kind);
                _item.Text(head.Key);
                _item.Unsigned((ulong)head.Generation);
                foreach (var number in (ReadOnlySpan<long>)[head.LastJob, head.LastEvent, head.Accepted, head.Refused]) _item.Signed(number);
                WriteTime(head.ReadAt);
                return HeadKind;
            case StoreItem.StoredJob job:
                WriteJob(job);
                return JobKind;
            case StoreItem.ResultPart part:
                WriteId(part.Job);
                _item.Unsigned((ulong)part.Epoch);
                _item.Unsigned((ulong)part.Index);
                _item.Signed(part.FirstItem);
                _item.Signed(part.Items);
                _item.Unsigned((ulong)part.Length);
                _item.Bytes(part.Packed.Span);
                return PartKind;
            case StoreItem.LogLines log:
                WriteLog(log);
                return LogKind;
            case StoreItem.JobData data:
                WriteId(data.Job);
                _item.Text(data.Key);
                _item.Bytes(data.Value.Span);
                return DataKind;
            case StoreItem.Queue queue:
                _item.Text(queue.Name);
                _item.Byte((byte)(queue.Paused ? 1 : 0));
                return QueueKind;
            case StoreItem.RetiredKey key:
                _item.Text(key.Type);
                _item.Text(key.Key);
                WriteId(key.Job);
                _item.Byte((byte)key.Ended);
                WriteKey(key.Submitted);
                return KeyKind;
            case StoreItem.GrainState state:
                _item.Text(state.Type);
                _item.Text(state.Id);
                _item.Text(state.Name);
                _item.Bytes(state.Bytes.Span);
                return StateKind;
            case StoreItem.Reminder { Row: var row }:
                _item.Text(row.Grain);
                _item.Text(row.Name);
                _item.Unsigned(row.Hash);
                WriteTime(row.StartAt);
                _item.Signed(row.Period.Ticks);
                return ReminderKind;
            case StoreItem.Event happened:
                WriteEvent(happened);
                return EventKind;
            case StoreItem.Tail tail:
                _item.Signed(tail.LastEvent);
                return TailKind;
            default:
                throw new ArgumentException($"{item.GetType().Name} is not an item of a store.", nameof(item));
        }
    }

    private void WriteJob(StoreItem.StoredJob item)
    {
        var job = item.Job;
        WriteId(job.Id);
        _item.Signed(job.Sequence);
        _item.Signed(item.LastEvent);
        _part.Clear();
        JobSpecPacker.Pack(job.Spec, InlineNames.Instance, _part);
        _item.Bytes(_part.Written);
        _part.Clear();
        JobStatePacker.Pack(job, InlineNames.Instance, _part);
        _item.Bytes(_part.Written);
        _item.Bytes(job.Result is { } result ? result.Inline.Span : []);
        if (item.Key is { } key) WriteKey(key);
    }

    private static StoreItem.StoredJob ReadJob(ref PackReader item)
    {
        var id = ReadId(ref item);
        var sequence = item.Signed();
        var lastEvent = item.Signed();
        var spec = JobSpecPacker.Unpack(id, item.Bytes(), InlineNames.Instance);
        var state = item.Bytes();
        var job = JobStatePacker.Unpack(spec, sequence, state, item.Bytes().ToArray(), InlineNames.Instance);
        return new StoreItem.StoredJob(job, lastEvent, item.AtEnd ? null : ReadKey(ref item));
    }

    private void WriteLog(StoreItem.LogLines log)
    {
        WriteId(log.Job);
        _item.Unsigned((ulong)log.Lines.Count);
        foreach (var line in log.Lines)
        {
            _item.Signed(line.Number);
            WriteTime(line.At);
            _item.Signed(line.Attempt);
            _item.Text(line.Text);
        }
    }

    private static StoreItem.LogLines ReadLog(ref PackReader item)
    {
        var job = ReadId(ref item);
        var count = item.Int32();
        var lines = new List<LogLine>();
        for (var i = 0; i < count; i++) lines.Add(new LogLine(item.Signed(), ReadTime(ref item), (int)item.Signed(), item.Text()));
        return new StoreItem.LogLines(job, lines);
    }

    private void WriteEvent(StoreItem.Event happened)
    {
        var record = happened.Record;
        _item.Signed(record.Cursor.Sequence);
        _item.Signed(happened.Previous);
        WriteTime(record.At);
        _item.Byte((byte)record.Kind);
        WriteId(record.Job);
        _item.Text(record.Type);
        _item.Text(record.Queue);
        _item.Byte((byte)record.Status);
        _item.Unsigned((ulong)record.Version);
        _item.Signed(record.Attempt);
        _item.Byte((byte)((record.Silo is null ? 0 : 1) | (record.Error is null ? 0 : 2) | (record.Fraction is null ? 0 : 4)));
        if (record.Silo is { } silo) _item.Text(silo);
        if (record.Error is { } error) _item.Text(error);
        if (record.Fraction is { } fraction) _item.Fixed64(BitConverter.DoubleToUInt64Bits(fraction));
    }

    private static StoreItem.Event ReadEvent(ref PackReader item)
    {
        var number = item.Signed();
        var previous = item.Signed();
        var record = new JobEventRecord
        {
            Cursor = new EventCursor(0, number),
            At = ReadTime(ref item),
            Kind = (JobEventKind)item.Byte(),
            Job = ReadId(ref item),
            Type = item.Text(),
            Queue = item.Text(),
            Status = (JobStatus)item.Byte(),
            Version = item.Int32(),
            Attempt = (int)item.Signed(),
        };
        var has = item.Byte();
        if ((has & 1) != 0) record = record with { Silo = item.Text() };
        if ((has & 2) != 0) record = record with { Error = item.Text() };
        if ((has & 4) != 0) record = record with { Fraction = BitConverter.UInt64BitsToDouble(item.Fixed64()) };
        return new StoreItem.Event(record, previous);
    }

    private void WriteId(JobId id)
    {
        Span<byte> bytes = stackalloc byte[JobId.ByteLength];
        id.WriteBytes(bytes);
        _item.Raw(bytes);
    }

    private static JobId ReadId(ref PackReader item) => JobId.FromBytes(item.Raw(JobId.ByteLength));

    private void WriteKey(SubmittedKey key)
    {
        _item.Bytes(key.Hash.Span);
        WriteTime(key.CreatedAt);
    }

    private static SubmittedKey ReadKey(ref PackReader item) => new(item.Bytes().ToArray(), ReadTime(ref item));

    private void WriteTime(DateTimeOffset time) => _item.Time(time, DateTimeOffset.UnixEpoch);

    private static DateTimeOffset ReadTime(ref PackReader item) => item.Time(DateTimeOffset.UnixEpoch);
}
