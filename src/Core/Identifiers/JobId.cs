using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Orleans;

namespace Molino.Core;

/// <summary>
/// A job's identity: 48 bits of creation time (milliseconds since 1970, UTC), 64 random bits and a 16-bit checksum,
/// written as 26 lower-case letters and digits (Crockford's base 32) that sort by creation time.
/// </summary>
/// <remarks>
/// The checksum tells an id that Molino made and retention removed (<c>gone</c>) from one that never was (<c>not_found</c>),
/// without keeping a tombstone (design section 5).
/// </remarks>
[GenerateSerializer, Immutable, Alias("job.id.v1")]
public readonly record struct JobId : IComparable<JobId>
{
    /// <summary>Length of the text form.</summary>
    public const int TextLength = 26;

    /// <summary>Length of the binary form.</summary>
    public const int ByteLength = 16;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private JobId(ulong high, ulong low)
    {
        High = high;
        Low = low;
    }

    /// <summary>Time (48 bits) and the first 16 random bits.</summary>
    [Id(0)]
    public ulong High { get; private init; }

    /// <summary>48 random bits and the checksum (16 bits).</summary>
    [Id(1)]
    public ulong Low { get; private init; }

    /// <summary>When the id was made, UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds((long)(High >> 16));

    /// <summary>Makes an id.</summary>
    /// <param name="now">Creation time, UTC.</param>
    /// <param name="random">64 random bits; two ids of one millisecond differ only in these.</param>
    public static JobId Create(DateTimeOffset now, ulong random)
    {
        var high = ((ulong)now.ToUnixTimeMilliseconds() << 16) | (random >> 48);
        var low = random << 16;
        return new JobId(high, low | Checksum(high, low));
    }

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">16 bytes, big endian.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 16 bytes.</exception>
    public static JobId FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes the binary form: 16 bytes, big endian, sorting by creation time.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads the text form; letters of either case are taken.</summary>
    /// <param name="text">26 characters.</param>
    /// <param name="id">The id, when the answer is true.</param>
    /// <returns>False when the text has another form or its checksum does not fit: such an id was never given out.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (text is not { Length: TextLength }) return false;
        UInt128 value = 0;
        for (var i = 0; i < TextLength; i++)
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(text[i]), StringComparison.Ordinal);
            if (digit < 0 || (i == 0 && digit > 7)) return false;
            value = (value << 5) | (uint)digit;
        }

        var high = (ulong)(value >> 64);
        var low = (ulong)value;
        if ((ushort)low != Checksum(high, low & ~0xFFFFUL)) return false;
        id = new JobId(high, low);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(JobId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The text form: 26 lower-case characters.</summary>
    public override string ToString() => string.Create(TextLength, this, static (text, id) =>
    {
        var value = new UInt128(id.High, id.Low);
        for (var i = TextLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(uint)(value & 31)];
            value >>= 5;
        }
    });

    /// <summary>Folds a 64-bit mix (the finaliser of SplitMix64) to 16 bits; a changed character passes once in 65,536.</summary>
    private static ushort Checksum(ulong high, ulong low)
    {
        var mixed = Mix(high ^ Mix(low ^ 0x6D6F6C696E6F2121));
        return (ushort)(mixed ^ (mixed >> 16) ^ (mixed >> 32) ^ (mixed >> 48));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
