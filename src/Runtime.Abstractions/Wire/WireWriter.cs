using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Text;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>Writes values into a buffer that grows. Used by one thread at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireWriter : IDisposable
{
    /// <summary>The deepest nesting of groups, lists and typed values. Cycles end here.</summary>
    public const int MaxDepth = 100;

    private const int KindBits = 4;
    private const int FirstSize = 512;
    private const int LongestVarint = 10;

    private readonly CodecProvider _codecs;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private List<Type>? _types;
    private int _length;
    private int _depth;

    internal WireWriter(CodecProvider codecs) => _codecs = codecs;

    /// <summary>Gets the number of bytes written.</summary>
    public int Length => _length;

    /// <summary>Gets what was written.</summary>
    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Gets what was written.</summary>
    internal ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>Gets room written before, to be filled later.</summary>
    /// <param name="at">Where it starts.</param>
    /// <param name="count">The number of bytes.</param>
    /// <returns>The room.</returns>
    internal Span<byte> At(int at, int count) => _buffer.AsSpan(at, count);

    /// <summary>Gets the codecs.</summary>
    internal CodecProvider Codecs => _codecs;

    /// <summary>Writes a member.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="id">Its number.</param>
    /// <param name="value">Its value.</param>
    public void Field<T>(uint id, T value)
    {
        var codec = _codecs.Get<T>();
        var kind = codec.KindOf(value);
        Varint(((ulong)id << KindBits) | (byte)kind);
        codec.Write(this, value, kind);
    }

    /// <summary>Writes kind and value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="value">The value.</param>
    public void Value<T>(T value)
    {
        var codec = _codecs.Get<T>();
        var kind = codec.KindOf(value);
        Kind(kind);
        codec.Write(this, value, kind);
    }

    /// <summary>Ends the members of one class of a hierarchy.</summary>
    public void Level() => Kind(WireKind.Level);

    /// <summary>Ends a group.</summary>
    public void End() => Kind(WireKind.End);

    /// <summary>Enters a group, list or typed value.</summary>
    /// <param name="type">For the error.</param>
    /// <exception cref="SerializerException">The nesting is too deep.</exception>
    public void Enter(Type type)
    {
        if (++_depth > MaxDepth)
        {
            throw new SerializerException($"A value of {type} is nested deeper than {MaxDepth} levels, or contains itself: it cannot cross to another silo.");
        }
    }

    /// <summary>Leaves what was entered.</summary>
    public void Leave() => _depth--;

    /// <summary>Writes a kind.</summary>
    /// <param name="kind">The kind.</param>
    internal void Kind(WireKind kind) => Byte((byte)kind);

    /// <summary>Writes a byte.</summary>
    /// <param name="value">The byte.</param>
    internal void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <summary>Writes a number in as few bytes as it needs.</summary>
    /// <param name="value">The number.</param>
    internal void Varint(ulong value)
    {
        Reserve(LongestVarint);
        var at = _length;
        while (value >= 0x80)
        {
            _buffer[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[at++] = (byte)value;
        _length = at;
    }

    /// <summary>Writes a number with a sign; small ones of either sign take few bytes.</summary>
    /// <param name="value">The number.</param>
    internal void Signed(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes four bytes.</summary>
    /// <param name="value">The number.</param>
    internal void Fixed4(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);
    }

    /// <summary>Writes eight bytes.</summary>
    /// <param name="value">The number.</param>
    internal void Fixed8(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
    }

    /// <summary>Writes a length and so many bytes.</summary>
    /// <param name="value">The bytes.</param>
    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Writes a length and UTF-8; half a surrogate pair arrives as U+FFFD.</summary>
    /// <param name="value">The text.</param>
    internal void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Takes room to be filled by the caller.</summary>
    /// <param name="count">The number of bytes.</param>
    /// <returns>The room.</returns>
    internal Span<byte> Take(int count)
    {
        Reserve(count);
        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    /// <summary>Writes a value under the name of its actual type.</summary>
    /// <param name="value">The value.</param>
    internal void Typed(object value)
    {
        var type = value.GetType();
        Enter(type);
        _types ??= [];
        var known = _types.IndexOf(type);
        Varint((ulong)(known + 1));
        if (known < 0)
        {
            _types.Add(type);
            Text(_codecs.Names.NameOf(type));
        }

        _codecs.GetFor(type).WriteObject(this, value);
        Leave();
    }

    /// <summary>Forgets what was written after a place.</summary>
    /// <param name="length">The place.</param>
    internal void Rewind(int length)
    {
        _length = length;
        _types?.Clear();
        _depth = 0;
    }

    /// <summary>Gives a large buffer back, so that one large message does not hold memory for ever.</summary>
    /// <param name="largest">The largest buffer to keep, in bytes.</param>
    internal void Trim(int largest)
    {
        Rewind(0);
        if (_buffer.Length > largest)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(_length + count)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
