using Molino.Core;
using Molino.Storage.Packing;

namespace Molino.Storage.Sqlite.Events;

/// <summary>The packed form of up to <see cref="MaxEvents"/> events that follow each other: one row of the log.</summary>
/// <remarks>Each event says how far back its job's previous event is, so that one job's events are read without a scan or an index.</remarks>
internal static class EventBlock
{
    /// <summary>The most events of a block: what one step of a job's chain has to decode.</summary>
    public const int MaxEvents = 128;

    private const int Format = 1;
    private const int HasSilo = 1;
    private const int HasError = 2;
    private const int HasFraction = 4;

    /// <summary>Starts a block.</summary>
    public static void Begin(PackBuffer buffer)
    {
        buffer.Clear();
        buffer.Byte(Format);
    }

    /// <summary>Appends an event.</summary>
    /// <param name="buffer">The block.</param>
    /// <param name="change">What happened.</param>
    /// <param name="job">The job after it.</param>
    /// <param name="back">How many events ago the job's previous one was; 0 when this is its first.</param>
    /// <param name="origin">The block's time, UTC.</param>
    /// <param name="names">Gives codes.</param>
    public static void Append(PackBuffer buffer, JobEvent change, Job job, long back, DateTimeOffset origin, IPackNames names)
    {
        var fraction = change is JobEvent.Progressed { Progress.Fraction: { } given } ? given : (double?)null;
        var entry = new Entry(change.Kind, change.At, job.Id, job.Spec.Type, job.Queue, job.Status, job.Version, job.Attempt, job.Silo, ErrorOf(change, job), fraction);
        Append(buffer, entry, back, origin, names);
    }

    /// <summary>Appends an event that another store has kept.</summary>
    /// <param name="buffer">The block.</param>
    /// <param name="record">The event.</param>
    /// <param name="back">How many events ago the job's previous one was; 0 when this is its first.</param>
    /// <param name="origin">The block's time, UTC.</param>
    /// <param name="names">Gives codes.</param>
    public static void Append(PackBuffer buffer, JobEventRecord record, long back, DateTimeOffset origin, IPackNames names) => Append(
        buffer,
        new Entry(record.Kind, record.At, record.Job, record.Type, record.Queue, record.Status, record.Version, record.Attempt, record.Silo, record.Error, record.Fraction),
        back,
        origin,
        names);

    /// <summary>Reads a block, or its events up to one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="generation">The store's generation, for cursors.</param>
    /// <param name="first">Number of the block's first event.</param>
    /// <param name="count">Its events.</param>
    /// <param name="origin">Its time, UTC.</param>
    /// <param name="names">Gives names.</param>
    /// <param name="visit">Takes each event and how far back its job's previous one is; false to stop.</param>
    public static void Read(
        ReadOnlySpan<byte> block, int generation, long first, int count, DateTimeOffset origin, IPackNames names, Func<JobEventRecord, long, bool> visit)
    {
        var reader = new PackReader(block);
        reader.Version(Format, "event block");
        for (var i = 0; i < count; i++)
        {
            var kind = (JobEventKind)reader.Byte();
            var status = reader.Byte();
            var id = JobId.FromBytes(reader.Raw(JobId.ByteLength));
            var at = reader.Time(origin);
            var type = reader.Name(names);
            var queue = reader.Name(names);
            var version = reader.Int32();
            var attempt = (int)reader.Signed();
            var back = (long)reader.Unsigned();
            var record = new JobEventRecord
            {
                Cursor = new EventCursor(generation, first + i),
                At = at,
                Kind = kind,
                Job = id,
                Type = type,
                Queue = queue,
                Status = (JobStatus)(status & 0xF),
                Version = version,
                Attempt = attempt,
                Silo = (status >> 4 & HasSilo) != 0 ? reader.Name(names) : null,
                Error = (status >> 4 & HasError) != 0 ? reader.Text() : null,
                Fraction = (status >> 4 & HasFraction) != 0 ? BitConverter.UInt64BitsToDouble(reader.Fixed64()) : null,
            };
            if (!visit(record, back)) return;
        }
    }

    private static void Append(PackBuffer buffer, in Entry entry, long back, DateTimeOffset origin, IPackNames names)
    {
        buffer.Byte((byte)entry.Kind);
        buffer.Byte((byte)((int)entry.Status | ((entry.Silo is null ? 0 : HasSilo) | (entry.Error is null ? 0 : HasError) | (entry.Fraction is null ? 0 : HasFraction)) << 4));
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        entry.Job.WriteBytes(id);
        buffer.Raw(id);
        buffer.Time(entry.At, origin);
        buffer.Name(entry.Type, names);
        buffer.Name(entry.Queue, names);
        buffer.Unsigned((ulong)entry.Version);
        buffer.Signed(entry.Attempt);
        buffer.Unsigned((ulong)back);
        if (entry.Silo is { } silo) buffer.Name(silo, names);
        if (entry.Error is { } error) buffer.Text(error);
        if (entry.Fraction is { } fraction) buffer.Fixed64(BitConverter.DoubleToUInt64Bits(fraction));
    }

    private static string? ErrorOf(JobEvent change, Job job) => change switch
    {
        JobEvent.AttemptFailed failed => failed.Error.Message,
        _ when job.Status is JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired => job.Error?.Message,
        _ => null,
    };

    private readonly record struct Entry(
        JobEventKind Kind, DateTimeOffset At, JobId Job, string Type, string Queue, JobStatus Status, int Version, int Attempt, string? Silo, string? Error, double? Fraction);
}
