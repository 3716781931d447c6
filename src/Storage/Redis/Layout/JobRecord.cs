using System.Buffers.Binary;
using Molino.Core;
using Molino.Storage.Packing;

namespace Molino.Storage.Redis.Layout;

/// <summary>
/// The packed form of a job: a header that the script can read and splice, then what was submitted and the rest of the state (<see cref="JobStatePacker"/>),
/// then the bytes of a small result. All numbers of the header are big endian.
/// </summary>
/// <remarks>
/// Bytes of the header: sequence 6, last event 6 | version 4, epoch 4, nonce 8, status 1 (these 17 are what a change compares) |
/// priority 1, flags 1, attempt 4, type 3, queue 3, silo 3, pool 3, started 7. The first 12 bytes are written by the script.
/// </remarks>
internal static class JobRecord
{
    /// <summary>Bytes that the script puts in front.</summary>
    public const int StampLength = 12;

    /// <summary>Bytes after the stamp that tell a job's state from any other state of it.</summary>
    public const int GuardLength = 17;

    private const int HeadLength = 54;

    /// <summary>Arguments above this are kept apart, so that transitions and lists do not carry them.</summary>
    private const int MaxArgs = 512;

    /// <summary>Results above this are kept apart.</summary>
    private const int MaxResult = 512;

    /// <summary>What of a job is kept apart, and its other flags.</summary>
    public static RecordParts PartsOf(Job job)
    {
        var parts = RecordParts.None;
        if (ExpiryOf(job) is not null) parts |= RecordParts.Expires;
        if (job.IsSuspect) parts |= RecordParts.Suspect;
        if (job.Progress is not null) parts |= RecordParts.Progress;
        if (job.Spec.Args.Length > MaxArgs) parts |= RecordParts.ArgsApart;
        if (job.Result is { } result && result.Inline.Length > MaxResult) parts |= RecordParts.ResultApart;
        return parts;
    }

    /// <summary>When a job expires that still can; else null.</summary>
    public static DateTimeOffset? ExpiryOf(Job job) => job.StartedAt is null && job.Status.IsPending() ? job.Spec.ExpiresAt : null;

    /// <summary>Packs a job, without the stamp.</summary>
    public static void Pack(Job job, RecordParts parts, NameTable names, PackBuffer buffer, PackBuffer scratch)
    {
        Span<byte> head = stackalloc byte[HeadLength - StampLength];
        WriteGuard(job, head);
        head[17] = (byte)job.Priority;
        head[18] = (byte)parts;
        BinaryPrimitives.WriteInt32BigEndian(head[19..], job.Attempt);
        WriteCode(names, job.Spec.Type, head[23..]);
        WriteCode(names, job.Queue, head[26..]);
        WriteCode(names, job.Silo, head[29..]);
        WriteCode(names, job.Pool, head[32..]);
        WriteBytes(head.Slice(35, 7), job.StartedAt is { } started ? StoreTicks.Of(started) : 0);
        buffer.Raw(head);

        scratch.Clear();
        JobSpecPacker.Pack((parts & RecordParts.ArgsApart) != RecordParts.None ? job.Spec with { Args = default } : job.Spec, names, scratch);
        buffer.Bytes(scratch.Written);
        scratch.Clear();
        JobStatePacker.Pack(WithoutHead(job), names, scratch);
        buffer.Bytes(scratch.Written);
        if (job.Result is { } result && (parts & RecordParts.ResultApart) == RecordParts.None) buffer.Raw(result.Inline.Span);
    }

    /// <summary>Reads a record. What is kept apart is empty.</summary>
    /// <param name="id">The record's key.</param>
    /// <param name="record">The record.</param>
    /// <param name="names">Gives names.</param>
    public static StoredJob Unpack(JobId id, byte[] record, NameTable names)
    {
        if (record.Length < HeadLength) throw new StoreException(ErrorCodes.StoreCorrupt, $"The record of job {id} is cut off.");
        var head = record.AsSpan(0, HeadLength);
        var parts = (RecordParts)head[30];
        var reader = new PackReader(record.AsSpan(HeadLength));
        var spec = JobSpecPacker.Unpack(id, reader.Bytes(), names);
        var state = reader.Bytes();
        var inline = record.AsMemory(record.Length - reader.Rest.Length);
        var job = JobStatePacker.Unpack(spec, ReadBytes(head[..6]), state, inline, names);
        var started = ReadBytes(head.Slice(47, 7));
        job = job with
        {
            Version = BinaryPrimitives.ReadInt32BigEndian(head[12..]),
            Token = new LeaseToken(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt64BigEndian(head[20..])),
            Status = (JobStatus)head[28],
            Attempt = BinaryPrimitives.ReadInt32BigEndian(head[31..]),
            Silo = ReadName(names, head[41..]),
            Pool = ReadName(names, head[44..]),
            StartedAt = started == 0 ? null : StoreTicks.ToTime(started),
            Progress = (parts & RecordParts.Progress) != RecordParts.None ? job.Progress : null,
        };
        return new StoredJob(job, ReadBytes(head.Slice(6, 6)), parts & (RecordParts.ArgsApart | RecordParts.ResultApart));
    }

    /// <summary>Writes the bytes that a change of a job compares.</summary>
    public static void WriteGuard(Job job, Span<byte> guard)
    {
        BinaryPrimitives.WriteInt32BigEndian(guard, job.Version);
        WriteToken(job.Token, guard[4..]);
        guard[16] = (byte)job.Status;
    }

    /// <summary>Writes a lease token as it is in a record.</summary>
    public static void WriteToken(LeaseToken token, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, token.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], token.Nonce);
    }

    /// <summary>Writes a number, big endian, in as many bytes as there is room for.</summary>
    public static void WriteBytes(Span<byte> bytes, long value)
    {
        for (var i = bytes.Length - 1; i >= 0; i--, value >>= 8) bytes[i] = (byte)value;
    }

    /// <summary>Reads a number, big endian.</summary>
    public static long ReadBytes(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var part in bytes) value = (value << 8) | part;
        return value;
    }

    /// <summary>Writes the code of a name in three bytes; zero for none.</summary>
    public static void WriteCode(NameTable names, string? name, Span<byte> bytes) => WriteBytes(bytes[..3], name is null ? 0 : names.RequiredCodeOf(name));

    /// <summary>Reads a name's code and gives the name; null for none.</summary>
    public static string? ReadName(NameTable names, ReadOnlySpan<byte> bytes) => ReadBytes(bytes[..3]) is > 0 and var code ? names.NameOf((int)code) : null;

    private static Job WithoutHead(Job job) => job with
    {
        Status = JobStatus.Waiting,
        Version = 0,
        Token = LeaseToken.None,
        Attempt = 0,
        Silo = null,
        Pool = null,
        StartedAt = null,
    };
}
