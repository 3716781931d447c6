using System.Buffers.Binary;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Events;

/// <summary>Packs the events of a batch into blocks. Events that follow each other and are alike share a head.</summary>
/// <remarks>
/// A block is a byte for the format and groups. A group: count 1, kind 1, status 1, flags 1, time 7, type 3, queue 3, silo 3; then for each event id 16,
/// number of the job's previous event 6 (with the highest bit set: how many events before this one), version 4, attempt 3, and as flagged the error and the fraction.
/// </remarks>
/// <param name="names">Gives codes; every name that comes must have one.</param>
/// <param name="write">Takes each block with the number of its events; null to collect them for <see cref="Finish"/>.</param>
internal sealed class EventWriter(NameTable names, Action<int, byte[]>? write = null)
{
    /// <summary>The most events of a block.</summary>
    public const int MaxEvents = 128;

    public const byte Format = 1;
    public const byte HasError = 1;
    public const byte HasFraction = 2;

    /// <summary>Marks a previous event given as a distance.</summary>
    public const long Relative = 1L << 47;

    private const int HeadLength = 19;

    private readonly PackBuffer _block = new(4096);
    private readonly byte[] _head = new byte[HeadLength];
    private readonly PackBuffer _group = new(4096);
    private int _groupSize;
    private int _blockSize;
    private RespArguments _written = new();

    /// <summary>Events so far.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks so far.</summary>
    public int Blocks { get; private set; }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        _written = new RespArguments(1024);
        _block.Clear();
        _group.Clear();
        (_groupSize, _blockSize, Count, Blocks) = (0, 0, 0, 0);
    }

    /// <summary>Adds an event.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="job">The job after it.</param>
    /// <param name="previous">Number of the job's previous event, or <see cref="Relative"/> with a distance; 0 when this is its first.</param>
    /// <returns>Its place in the batch, from 1.</returns>
    public int Append(JobEvent change, Job job, long previous)
    {
        var fraction = change is JobEvent.Progressed { Progress.Fraction: { } given } ? given : (double?)null;
        return Append(new Entry(change.Kind, change.At, job.Id, job.Spec.Type, job.Queue, job.Status, job.Version, job.Attempt, job.Silo, ErrorOf(change, job), fraction), previous);
    }

    /// <summary>Adds an event that another store has kept.</summary>
    /// <param name="record">The event.</param>
    /// <param name="previous">Number of the job's previous event; 0 when this is its first.</param>
    /// <returns>Its place in the batch, from 1.</returns>
    public int Append(JobEventRecord record, long previous) => Append(
        new Entry(record.Kind, record.At, record.Job, record.Type, record.Queue, record.Status, record.Version, record.Attempt, record.Silo, record.Error, record.Fraction),
        previous);

    /// <summary>Ends the last block.</summary>
    /// <returns>For each block how many events it has, and the block.</returns>
    public RespArguments Finish()
    {
        EndGroup();
        EndBlock();
        return _written;
    }

    private int Append(in Entry happened, long previous)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        head[0] = (byte)happened.Kind;
        head[1] = (byte)happened.Status;
        head[2] = (byte)((happened.Error is null ? 0 : HasError) | (happened.Fraction is null ? 0 : HasFraction));
        JobRecord.WriteBytes(head.Slice(3, 7), StoreTicks.Of(happened.At));
        JobRecord.WriteCode(names, happened.Type, head[10..]);
        JobRecord.WriteCode(names, happened.Queue, head[13..]);
        JobRecord.WriteCode(names, happened.Silo, head[16..]);
        if (_groupSize > 0 && (_blockSize == MaxEvents || !head.SequenceEqual(_head))) EndGroup();
        if (_blockSize == MaxEvents) EndBlock();
        head.CopyTo(_head);

        Span<byte> entry = stackalloc byte[29];
        happened.Job.WriteBytes(entry);
        JobRecord.WriteBytes(entry.Slice(16, 6), previous);
        BinaryPrimitives.WriteInt32BigEndian(entry[22..], happened.Version);
        JobRecord.WriteBytes(entry.Slice(26, 3), Math.Clamp(happened.Attempt, 0, 0xFFFFFF));
        _group.Raw(entry);
        if (happened.Error is { } error) _group.Text(error);
        if (happened.Fraction is { } value) _group.Fixed64(BitConverter.DoubleToUInt64Bits(value));
        _groupSize++;
        _blockSize++;
        return ++Count;
    }

    private static string? ErrorOf(JobEvent change, Job job) => change switch
    {
        JobEvent.AttemptFailed failed => failed.Error.Message,
        _ when job.Status is JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired => job.Error?.Message,
        _ => null,
    };

    private void EndGroup()
    {
        if (_groupSize == 0) return;
        if (_block.Length == 0) _block.Byte(Format);
        _block.Byte((byte)_groupSize);
        _block.Raw(_head);
        _block.Raw(_group.Written);
        _group.Clear();
        _groupSize = 0;
    }

    private void EndBlock()
    {
        if (_blockSize == 0) return;
        if (write is not null) write(_blockSize, _block.Written.ToArray());
        else _written.Add(_blockSize).Add(_block.Written);
        _block.Clear();
        _blockSize = 0;
        Blocks++;
    }

    private readonly record struct Entry(
        JobEventKind Kind, DateTimeOffset At, JobId Job, string Type, string Queue, JobStatus Status, int Version, int Attempt, string? Silo, string? Error, double? Fraction);
}
