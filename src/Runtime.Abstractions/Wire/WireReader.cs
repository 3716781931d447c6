using System.Buffers.Binary;
using System.ComponentModel;
using System.Text;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>Reads values from a message. Believes nothing: every length and count is checked against the bytes that are there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireReader
{
    private const int KindBits = 4;
    private const byte KindMask = 0x0F;

    private readonly ReadOnlySpan<byte> _data;
    private readonly CodecProvider _codecs;
    private readonly List<Type?> _types;
    private int _position;
    private int _depth;

    internal WireReader(ReadOnlySpan<byte> data, CodecProvider codecs)
    {
        _data = data;
        _codecs = codecs;
        _types = [];
    }

    /// <summary>Gets the number of bytes not read yet.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>Gets the codecs.</summary>
    internal readonly CodecProvider Codecs => _codecs;

    /// <summary>Reads the tag of the next member.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="isEnd">Set when the group has ended.</param>
    /// <returns>False at the end of the group or of the class's own members.</returns>
    public bool NextField(out uint id, out WireKind kind, ref bool isEnd)
    {
        id = 0;
        kind = WireKind.End;
        if (isEnd)
        {
            return false;
        }

        var tag = Varint();
        kind = (WireKind)(tag & KindMask);
        if (kind is WireKind.End or WireKind.Level)
        {
            isEnd = kind == WireKind.End;
            return false;
        }

        var number = tag >> KindBits;
        id = number <= uint.MaxValue ? (uint)number : throw Malformed("a member's number is too large");
        return true;
    }

    /// <summary>Reads over what newer classes of the hierarchy have added, to the end of the group.</summary>
    /// <param name="isEnd">Whether the end was reached before.</param>
    public void SkipRest(bool isEnd)
    {
        while (!isEnd)
        {
            while (NextField(out _, out var kind, ref isEnd))
            {
                Skip(kind);
            }
        }
    }

    /// <summary>Reads a member's value.</summary>
    /// <typeparam name="T">Its declared type.</typeparam>
    /// <param name="kind">The kind found.</param>
    /// <returns>The value.</returns>
    public T Value<T>(WireKind kind) => _codecs.Get<T>().Read(ref this, kind);

    /// <summary>Reads kind and value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <returns>The value.</returns>
    public T Value<T>() => Value<T>(Kind());

    /// <summary>Reads over a value.</summary>
    /// <param name="kind">Its kind.</param>
    public void Skip(WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Null:
                break;
            case WireKind.Varint:
                Varint();
                break;
            case WireKind.Fixed4:
                Take(4);
                break;
            case WireKind.Fixed8:
                Take(8);
                break;
            case WireKind.Fixed16:
                Take(16);
                break;
            case WireKind.Bytes:
                Bytes();
                break;
            case WireKind.Group:
                Enter();
                SkipRest(isEnd: false);
                Leave();
                break;
            case WireKind.List:
                SkipList();
                break;
            case WireKind.Typed:
                Enter();
                TypeOrNull(out _);
                Skip(Kind());
                Leave();
                break;
            default:
                throw Malformed($"kind {(int)kind} stands where a value should");
        }
    }

    /// <summary>Enters a group, list or typed value.</summary>
    public void Enter()
    {
        if (++_depth > WireWriter.MaxDepth)
        {
            throw Malformed($"it is nested deeper than {WireWriter.MaxDepth} levels");
        }
    }

    /// <summary>Leaves what was entered.</summary>
    public void Leave() => _depth--;

    /// <summary>Makes the error of a kind that does not fit.</summary>
    /// <typeparam name="T">The type that was to be read.</typeparam>
    /// <param name="kind">The kind found.</param>
    /// <returns>The error.</returns>
    public static SerializerException Unexpected<T>(WireKind kind) => Malformed($"{kind} cannot be read as {typeof(T)}");

    /// <summary>Makes an error.</summary>
    /// <param name="reason">What is wrong.</param>
    /// <returns>The error.</returns>
    internal static SerializerException Malformed(string reason) => new($"A message from another silo cannot be read: {reason}.");

    /// <summary>Reads a kind.</summary>
    /// <returns>The kind.</returns>
    internal WireKind Kind() => (WireKind)Take(1)[0];

    /// <summary>Reads the kind of all elements of a list. A kind without bytes is refused: their count would be a claim that nothing in the message backs.</summary>
    /// <returns>The kind.</returns>
    internal WireKind ElementKind()
    {
        var kind = Kind();
        return kind is not (WireKind.End or WireKind.Level or WireKind.Null) ? kind : throw Malformed($"all elements of a list are said to be {kind}");
    }

    /// <summary>Reads a byte.</summary>
    /// <returns>The byte.</returns>
    internal byte Byte() => Take(1)[0];

    /// <summary>Reads a number.</summary>
    /// <returns>The number.</returns>
    internal ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed("a number has no end");
    }

    /// <summary>Reads a number with a sign.</summary>
    /// <returns>The number.</returns>
    internal long Signed()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads four bytes.</summary>
    /// <returns>The number.</returns>
    internal uint Fixed4() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads eight bytes.</summary>
    /// <returns>The number.</returns>
    internal ulong Fixed8() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads a length and so many bytes, which are not copied.</summary>
    /// <returns>The bytes.</returns>
    internal ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return length <= (ulong)Remaining ? Take((int)length) : throw Malformed($"a length of {length} is more than the {Remaining} bytes that follow");
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The text.</returns>
    internal string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Reads a count of things of at least a byte each.</summary>
    /// <returns>The count.</returns>
    internal int Count()
    {
        var count = Varint();
        return count <= (ulong)Remaining ? (int)count : throw Malformed($"a count of {count} is more than the {Remaining} bytes that follow");
    }

    /// <summary>Takes bytes, which are not copied.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bytes.</returns>
    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Malformed("it ends too early");
        }

        var taken = _data.Slice(_position, count);
        _position += count;
        return taken;
    }

    /// <summary>Reads a value that carries the name of its type.</summary>
    /// <returns>The value.</returns>
    internal object? Typed()
    {
        Enter();
        var type = TypeOrNull(out var name) ?? throw Malformed($"this silo knows no type '{name}'; is it of another version?");
        var value = _codecs.GetFor(type).ReadObject(ref this, Kind());
        Leave();
        return value;
    }

    private Type? TypeOrNull(out string name)
    {
        var known = Varint();
        name = string.Empty;
        if (known > 0)
        {
            return known <= (ulong)_types.Count ? _types[(int)known - 1] : throw Malformed("it refers to a type that it has not named");
        }

        name = Text();
        var type = _codecs.Names.TypeOf(name);
        _types.Add(type);
        return type;
    }

    private void SkipList()
    {
        Enter();
        var count = Count();
        var kind = ElementKind();
        for (var i = 0; i < count; i++)
        {
            Skip(kind == WireKind.Any ? Kind() : kind);
        }

        Leave();
    }
}
