using System.Buffers.Binary;
using System.Text;
using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>Reads what <see cref="PackBuffer"/> wrote. Every read past the end is a named error, never a guess.</summary>
/// <param name="bytes">The pack.</param>
public ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Whether all was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a format version and checks that it is known.</summary>
    /// <param name="newest">The newest version known.</param>
    /// <param name="what">What is read, for the error.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreTooNew"/> or <see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public int Version(int newest, string what)
    {
        int version = Byte();
        if (version > newest)
            throw new StoreException(ErrorCodes.StoreTooNew, $"A packed {what} has format {version}; this version of Molino reads up to {newest}.");
        return version > 0 ? version : throw Damaged();
    }

    /// <summary>Reads one byte.</summary>
    public byte Byte()
    {
        if (_rest.IsEmpty) throw Damaged();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Reads <see cref="PackBuffer.Unsigned"/>.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int i = 0, shift = 0; i < _rest.Length && shift < 70; i++, shift += 7)
        {
            var part = _rest[i];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>Reads a number that fits 31 bits.</summary>
    public int Int32()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw Damaged();
    }

    /// <summary>Reads <see cref="PackBuffer.Signed"/>.</summary>
    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads <see cref="PackBuffer.Fixed64"/>.</summary>
    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Raw(8));

    /// <summary>Reads a number of bytes as they are.</summary>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<byte> Raw(int count)
    {
        if (count < 0 || count > _rest.Length) throw Damaged();
        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    /// <summary>Reads <see cref="PackBuffer.Bytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes() => Raw(Int32());

    /// <summary>Reads <see cref="PackBuffer.Text"/>.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Reads <see cref="PackBuffer.Name"/>.</summary>
    /// <param name="names">Gives names.</param>
    public string Name(IPackNames names)
    {
        var code = Int32();
        return code == 0 ? Text() : names.NameOf(code);
    }

    /// <summary>Reads <see cref="PackBuffer.Time"/>.</summary>
    /// <param name="origin">The same origin as at the write, UTC.</param>
    public DateTimeOffset Time(DateTimeOffset origin)
    {
        var ticks = origin.UtcTicks + Signed();
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Damaged();
    }

    private static StoreException Damaged() => new(ErrorCodes.StoreCorrupt, "A packed record ends early or holds a value that cannot be: the store is damaged.");
}
