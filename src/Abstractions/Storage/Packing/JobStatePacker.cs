using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>
/// Packs what changes in a job: everything but its spec, its sequence and the bytes of its result, which records keep apart.
/// </summary>
public static class JobStatePacker
{
    /// <summary>The format written.</summary>
    public const int Format = 1;

    [Flags]
    private enum Parts
    {
        None = 0,
        Due = 1,
        Attempt = 1 << 1,
        Token = 1 << 2,
        Losses = 1 << 3,
        Silo = 1 << 4,
        Pool = 1 << 5,
        Started = 1 << 6,
        Finished = 1 << 7,
        CancelAt = 1 << 8,
        CancelReason = 1 << 9,
        Error = 1 << 10,
        Progress = 1 << 11,
        Result = 1 << 12,
        History = 1 << 13,
        Held = 1 << 14,
        Archived = 1 << 15,
    }

    /// <summary>Packs a job's state.</summary>
    /// <param name="job">The job.</param>
    /// <param name="names">Gives codes for the queue, silos and pools.</param>
    /// <param name="buffer">Where to write.</param>
    public static void Pack(Job job, IPackNames names, PackBuffer buffer)
    {
        var origin = job.Id.CreatedAt;
        var parts = PartsOf(job);
        buffer.Byte(Format);
        buffer.Byte((byte)job.Status);
        buffer.Unsigned((ulong)parts);
        buffer.Unsigned((ulong)job.Version);
        buffer.Name(job.Queue, names);
        buffer.Signed(job.Priority);
        if (job.DueAt is { } due) buffer.Time(due, origin);
        if ((parts & Parts.Attempt) != Parts.None) buffer.Signed(job.Attempt);
        if ((parts & Parts.Token) != Parts.None)
        {
            buffer.Signed(job.Token.Epoch);
            buffer.Fixed64(job.Token.Nonce);
        }

        if ((parts & Parts.Losses) != Parts.None) buffer.Signed(job.Losses);
        if (job.Silo is { } silo) buffer.Name(silo, names);
        if (job.Pool is { } pool) buffer.Name(pool, names);
        if (job.StartedAt is { } started) buffer.Time(started, origin);
        if (job.FinishedAt is { } finished) buffer.Time(finished, origin);
        if (job.CancelRequestedAt is { } asked) buffer.Time(asked, origin);
        if (job.CancelReason is { } reason) buffer.Text(reason);
        if (job.Error is { } error) PackError(error, buffer);
        if (job.Progress is { } progress) PackProgress(progress, buffer);
        if (job.Result is { } result) PackResult(result, buffer);
        if ((parts & Parts.History) != Parts.None) PackHistory(job.History, origin, names, buffer);
    }

    /// <summary>Reads a state and joins it with its spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="sequence">The record's sequence.</param>
    /// <param name="packed">The pack; bytes after it are ignored.</param>
    /// <param name="inline">The bytes of the result kept with the job; empty when there are none.</param>
    /// <param name="names">Gives names.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreTooNew"/> or <see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public static Job Unpack(JobSpec spec, long sequence, ReadOnlySpan<byte> packed, ReadOnlyMemory<byte> inline, IPackNames names)
    {
        var origin = spec.Id.CreatedAt;
        var reader = new PackReader(packed);
        reader.Version(Format, "job state");
        var status = (JobStatus)reader.Byte();
        var parts = (Parts)reader.Int32();
        return new Job
        {
            Spec = spec,
            Sequence = sequence,
            Status = status,
            Version = reader.Int32(),
            Queue = reader.Name(names),
            Priority = (int)reader.Signed(),
            DueAt = (parts & Parts.Due) != Parts.None ? reader.Time(origin) : null,
            Attempt = (parts & Parts.Attempt) != Parts.None ? (int)reader.Signed() : 0,
            Token = (parts & Parts.Token) != Parts.None ? new LeaseToken((int)reader.Signed(), reader.Fixed64()) : LeaseToken.None,
            Losses = (parts & Parts.Losses) != Parts.None ? (int)reader.Signed() : 0,
            Silo = (parts & Parts.Silo) != Parts.None ? reader.Name(names) : null,
            Pool = (parts & Parts.Pool) != Parts.None ? reader.Name(names) : null,
            StartedAt = (parts & Parts.Started) != Parts.None ? reader.Time(origin) : null,
            FinishedAt = (parts & Parts.Finished) != Parts.None ? reader.Time(origin) : null,
            CancelRequestedAt = (parts & Parts.CancelAt) != Parts.None ? reader.Time(origin) : null,
            CancelReason = (parts & Parts.CancelReason) != Parts.None ? reader.Text() : null,
            Error = (parts & Parts.Error) != Parts.None ? UnpackError(ref reader) : null,
            Progress = (parts & Parts.Progress) != Parts.None ? UnpackProgress(ref reader) : null,
            Result = (parts & Parts.Result) != Parts.None ? UnpackResult(ref reader, inline) : null,
            History = (parts & Parts.History) != Parts.None ? UnpackHistory(ref reader, origin, names) : [],
            Held = (parts & Parts.Held) != Parts.None,
            Archived = (parts & Parts.Archived) != Parts.None,
        };
    }

    /// <summary>Reads only the status.</summary>
    /// <param name="packed">The pack.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreTooNew"/> or <see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public static JobStatus PeekStatus(ReadOnlySpan<byte> packed)
    {
        var reader = new PackReader(packed);
        reader.Version(Format, "job state");
        return (JobStatus)reader.Byte();
    }

    private static Parts PartsOf(Job job)
    {
        var parts = Parts.None;
        if (job.DueAt is not null) parts |= Parts.Due;
        if (job.Attempt != 0) parts |= Parts.Attempt;
        if (job.Token != LeaseToken.None) parts |= Parts.Token;
        if (job.Losses != 0) parts |= Parts.Losses;
        if (job.Silo is not null) parts |= Parts.Silo;
        if (job.Pool is not null) parts |= Parts.Pool;
        if (job.StartedAt is not null) parts |= Parts.Started;
        if (job.FinishedAt is not null) parts |= Parts.Finished;
        if (job.CancelRequestedAt is not null) parts |= Parts.CancelAt;
        if (job.CancelReason is not null) parts |= Parts.CancelReason;
        if (job.Error is not null) parts |= Parts.Error;
        if (job.Progress is not null) parts |= Parts.Progress;
        if (job.Result is not null) parts |= Parts.Result;
        if (job.History.Count > 0) parts |= Parts.History;
        if (job.Held) parts |= Parts.Held;
        if (job.Archived) parts |= Parts.Archived;
        return parts;
    }

    private static void PackError(JobError error, PackBuffer buffer)
    {
        buffer.Byte(error.Detail is null ? (byte)0 : (byte)1);
        buffer.Text(error.Type);
        buffer.Text(error.Message);
        if (error.Detail is { } detail) buffer.Text(detail);
    }

    private static JobError UnpackError(ref PackReader reader)
    {
        var detailed = reader.Byte() != 0;
        return new JobError(reader.Text(), reader.Text(), detailed ? reader.Text() : null);
    }

    private static void PackProgress(JobProgress progress, PackBuffer buffer)
    {
        buffer.Byte((byte)((progress.Fraction is null ? 0 : 1) | (progress.Message is null ? 0 : 2)));
        if (progress.Fraction is { } fraction) buffer.Fixed64(BitConverter.DoubleToUInt64Bits(fraction));
        if (progress.Message is { } message) buffer.Text(message);
        buffer.Bytes(progress.Data.Span);
    }

    private static JobProgress UnpackProgress(ref PackReader reader)
    {
        var parts = reader.Byte();
        return new JobProgress(
            (parts & 1) != 0 ? BitConverter.UInt64BitsToDouble(reader.Fixed64()) : null,
            (parts & 2) != 0 ? reader.Text() : null,
            reader.Bytes().ToArray());
    }

    private static void PackResult(JobResult result, PackBuffer buffer)
    {
        var json = string.Equals(result.MediaType, JobResult.Json, StringComparison.Ordinal);
        buffer.Byte((byte)((json ? 1 : 0) | (result.Apart ? 2 : 0)));
        if (!json) buffer.Text(result.MediaType);
        buffer.Unsigned((ulong)result.Length);
        buffer.Unsigned((ulong)result.Chunks);
    }

    private static JobResult UnpackResult(ref PackReader reader, ReadOnlyMemory<byte> inline)
    {
        var parts = reader.Byte();
        return new JobResult((parts & 1) != 0 ? JobResult.Json : reader.Text(), inline, (long)reader.Unsigned(), reader.Int32(), (parts & 2) != 0);
    }

    private static void PackHistory(IReadOnlyList<Attempt> history, DateTimeOffset origin, IPackNames names, PackBuffer buffer)
    {
        buffer.Unsigned((ulong)history.Count);
        foreach (var attempt in history)
        {
            buffer.Byte((byte)((int)attempt.Outcome | (attempt.Error is null ? 0 : 0x80)));
            buffer.Signed(attempt.Number);
            buffer.Name(attempt.Silo, names);
            buffer.Time(attempt.StartedAt, origin);
            buffer.Time(attempt.FinishedAt, origin);
            if (attempt.Error is { } error) PackError(error, buffer);
        }
    }

    private static Attempt[] UnpackHistory(ref PackReader reader, DateTimeOffset origin, IPackNames names)
    {
        var history = new Attempt[Math.Min(reader.Int32(), Job.MaxHistory)];
        for (var i = 0; i < history.Length; i++)
        {
            var head = reader.Byte();
            history[i] = new Attempt(
                (int)reader.Signed(),
                reader.Name(names),
                reader.Time(origin),
                reader.Time(origin),
                (AttemptOutcome)(head & 0x7F),
                (head & 0x80) != 0 ? UnpackError(ref reader) : null);
        }

        return history;
    }
}
