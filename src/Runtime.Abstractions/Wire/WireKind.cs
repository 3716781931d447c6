namespace Molino.Runtime.Wire;

/// <summary>How a value is laid out, so that a reader that does not know it can skip it. See <c>docs/wire-format.md</c>.</summary>
public enum WireKind : byte
{
    /// <summary>The end of a group.</summary>
    End = 0,

    /// <summary>The end of the members that one class of a hierarchy declares.</summary>
    Level = 1,

    /// <summary>Null; nothing follows.</summary>
    Null = 2,

    /// <summary>A number of 1 to 10 bytes, seven bits each, lowest first.</summary>
    Varint = 3,

    /// <summary>Four bytes.</summary>
    Fixed4 = 4,

    /// <summary>Eight bytes.</summary>
    Fixed8 = 5,

    /// <summary>Sixteen bytes.</summary>
    Fixed16 = 6,

    /// <summary>A length as a varint, and so many bytes.</summary>
    Bytes = 7,

    /// <summary>Tagged members up to <see cref="End"/>.</summary>
    Group = 8,

    /// <summary>A count, the kind of the elements (or <see cref="Any"/>), and the elements.</summary>
    List = 9,

    /// <summary>The name of a type, and a value of any kind.</summary>
    Typed = 10,

    /// <summary>A kind byte and a value of that kind; used for elements only.</summary>
    Any = 11,
}
