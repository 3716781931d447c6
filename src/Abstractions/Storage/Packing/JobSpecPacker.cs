using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>Packs what was submitted. The id is not part of the pack: it is the record's key. Times are kept to 100 ns, as UTC.</summary>
public static class JobSpecPacker
{
    /// <summary>The format written.</summary>
    public const int Format = 1;

    [Flags]
    private enum Parts
    {
        None = 0,
        Due = 1,
        Expires = 2,
        Attempts = 4,
        Retry = 8,
        Limits = 16,
        Key = 32,
        Tags = 64,
        Hold = 128,
    }

    /// <summary>Packs a spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="names">Gives codes for the type and the queue.</param>
    /// <param name="buffer">Where to write.</param>
    public static void Pack(JobSpec spec, IPackNames names, PackBuffer buffer)
    {
        var origin = spec.Id.CreatedAt;
        var parts = PartsOf(spec);
        buffer.Byte(Format);
        buffer.Unsigned((ulong)parts);
        buffer.Name(spec.Type, names);
        buffer.Name(spec.Queue, names);
        buffer.Signed(spec.Priority);
        buffer.Time(spec.CreatedAt, origin);
        buffer.Bytes(spec.Args.Span);
        if (spec.DueAt is { } due) buffer.Time(due, origin);
        if (spec.ExpiresAt is { } expires) buffer.Time(expires, origin);
        if ((parts & Parts.Attempts) != Parts.None) buffer.Signed(spec.MaxAttempts);
        if ((parts & Parts.Retry) != Parts.None) PackRetry(spec.Retry, buffer);
        if ((parts & Parts.Limits) != Parts.None)
        {
            buffer.Signed(spec.TimeLimits.Hard.Ticks);
            buffer.Signed(spec.TimeLimits.Soft.Ticks);
        }

        if (spec.IdempotencyKey is { } key) buffer.Text(key);
        if ((parts & Parts.Tags) == Parts.None) return;
        buffer.Unsigned((ulong)spec.Tags.Count);
        foreach (var tag in spec.Tags) buffer.Text(tag);
    }

    /// <summary>Reads a spec.</summary>
    /// <param name="id">The record's key.</param>
    /// <param name="packed">The pack; bytes after it are ignored.</param>
    /// <param name="names">Gives names.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreTooNew"/> or <see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public static JobSpec Unpack(JobId id, ReadOnlySpan<byte> packed, IPackNames names)
    {
        var origin = id.CreatedAt;
        var reader = new PackReader(packed);
        reader.Version(Format, "job spec");
        var parts = (Parts)reader.Int32();
        var type = reader.Name(names);
        var queue = reader.Name(names);
        var priority = (int)reader.Signed();
        var created = reader.Time(origin);
        var args = reader.Bytes().ToArray();
        DateTimeOffset? due = (parts & Parts.Due) != Parts.None ? reader.Time(origin) : null;
        DateTimeOffset? expires = (parts & Parts.Expires) != Parts.None ? reader.Time(origin) : null;
        var attempts = (parts & Parts.Attempts) != Parts.None ? (int)reader.Signed() : RetryPolicy.DefaultMaxAttempts;
        var retry = (parts & Parts.Retry) != Parts.None ? UnpackRetry(ref reader) : RetryPolicy.Default;
        var limits = (parts & Parts.Limits) != Parts.None ? new TimeLimits(new TimeSpan(reader.Signed()), new TimeSpan(reader.Signed())) : TimeLimits.Default;
        var key = (parts & Parts.Key) != Parts.None ? reader.Text() : null;
        return new JobSpec
        {
            Id = id,
            Type = type,
            Args = args,
            Queue = queue,
            Priority = priority,
            CreatedAt = created,
            DueAt = due,
            ExpiresAt = expires,
            MaxAttempts = attempts,
            Retry = retry,
            TimeLimits = limits,
            IdempotencyKey = key,
            Tags = (parts & Parts.Tags) != Parts.None ? UnpackTags(ref reader) : [],
            Hold = (parts & Parts.Hold) != Parts.None,
        };
    }

    private static Parts PartsOf(JobSpec spec)
    {
        var parts = Parts.None;
        if (spec.DueAt is not null) parts |= Parts.Due;
        if (spec.ExpiresAt is not null) parts |= Parts.Expires;
        if (spec.MaxAttempts != RetryPolicy.DefaultMaxAttempts) parts |= Parts.Attempts;
        if (!ReferenceEquals(spec.Retry, RetryPolicy.Default) && spec.Retry != RetryPolicy.Default) parts |= Parts.Retry;
        if (spec.TimeLimits != TimeLimits.Default) parts |= Parts.Limits;
        if (spec.IdempotencyKey is not null) parts |= Parts.Key;
        if (spec.Tags.Count > 0) parts |= Parts.Tags;
        if (spec.Hold) parts |= Parts.Hold;
        return parts;
    }

    private static void PackRetry(RetryPolicy retry, PackBuffer buffer)
    {
        buffer.Signed(retry.First.Ticks);
        buffer.Fixed64(BitConverter.DoubleToUInt64Bits(retry.Factor));
        buffer.Signed(retry.Max.Ticks);
        buffer.Byte(retry.Jitter ? (byte)1 : (byte)0);
    }

    private static RetryPolicy UnpackRetry(ref PackReader reader) => new(
        new TimeSpan(reader.Signed()),
        BitConverter.UInt64BitsToDouble(reader.Fixed64()),
        new TimeSpan(reader.Signed()),
        reader.Byte() != 0);

    private static string[] UnpackTags(ref PackReader reader)
    {
        var tags = new string[Math.Min(reader.Int32(), 1000)];
        for (var i = 0; i < tags.Length; i++) tags[i] = reader.Text();
        return tags;
    }
}
