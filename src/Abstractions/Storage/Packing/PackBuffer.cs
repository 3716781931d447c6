using System.Buffers.Binary;
using System.Text;

namespace Molino.Storage.Packing;

/// <summary>A growing buffer with the primitives of the packed formats. Reused by its owner; not safe for use from several threads.</summary>
public sealed class PackBuffer
{
    private byte[] _bytes;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="capacity">Bytes it holds before it first grows, above 0.</param>
    public PackBuffer(int capacity = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _bytes = new byte[capacity];
    }

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written; lets go of memory above 1 MiB.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > 1 << 20) _bytes = new byte[4096];
    }

    /// <summary>Writes one byte.</summary>
    /// <param name="value">The byte.</param>
    public void Byte(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Writes a number in 1 to 10 bytes, seven bits each, lowest first.</summary>
    /// <param name="value">The number.</param>
    public void Unsigned(ulong value)
    {
        if (_bytes.Length - Length < 10) Grow(10);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>Writes a number that may be negative: its sign in the lowest bit (zigzag).</summary>
    /// <param name="value">The number.</param>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes 8 bytes, little endian.</summary>
    /// <param name="value">The number.</param>
    public void Fixed64(ulong value)
    {
        if (_bytes.Length - Length < 8) Grow(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="value">The bytes.</param>
    public void Raw(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - Length < value.Length) Grow(value.Length);
        value.CopyTo(_bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Writes a length and the bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        Raw(value);
    }

    /// <summary>Writes a length in bytes and the text as UTF-8.</summary>
    /// <param name="value">The text.</param>
    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)count);
        if (_bytes.Length - Length < count) Grow(count);
        Length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
    }

    /// <summary>Writes a name: its code, or 0 and the name itself.</summary>
    /// <param name="value">The name.</param>
    /// <param name="names">Gives codes.</param>
    public void Name(string value, IPackNames names)
    {
        var code = names.CodeOf(value);
        Unsigned((ulong)code);
        if (code == 0) Text(value);
    }

    /// <summary>Writes a time as 100 ns steps after (or before) another.</summary>
    /// <param name="value">UTC.</param>
    /// <param name="origin">UTC.</param>
    public void Time(DateTimeOffset value, DateTimeOffset origin) => Signed(value.UtcTicks - origin.UtcTicks);

    /// <summary>Writes zero bytes up to a length; nothing when it is reached already.</summary>
    /// <param name="length">The length to reach.</param>
    public void PadTo(int length)
    {
        if (length <= Length) return;
        if (_bytes.Length < length) Grow(length - Length);
        _bytes.AsSpan(Length, length - Length).Clear();
        Length = length;
    }

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
}
