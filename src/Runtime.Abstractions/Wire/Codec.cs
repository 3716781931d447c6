using System.ComponentModel;

namespace Molino.Runtime.Wire;

/// <summary>Writes and reads values of one type. See <see cref="Codec{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Codec
{
    private protected Codec()
    {
    }

    /// <summary>Writes kind and value.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    internal abstract void WriteObject(WireWriter writer, object value);

    /// <summary>Reads a value.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="kind">The kind found.</param>
    /// <returns>The value.</returns>
    internal abstract object? ReadObject(ref WireReader reader, WireKind kind);

    /// <summary>Writes the members of a message, without the end of the group.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The message.</param>
    internal virtual void WriteMembersObject(WireWriter writer, object value) => throw new NotSupportedException();

    /// <summary>Reads members into a message, and the end of the group.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="value">The message.</param>
    internal virtual void ReadMembersObject(ref WireReader reader, object value) => throw new NotSupportedException();
}
