using System.ComponentModel;

namespace Molino.Runtime.Wire;

/// <summary>Writes and reads values of one type. Generated for types with <c>[GenerateSerializer]</c>.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Codec<T> : Codec
{
    /// <summary>Gets the one kind that all values have, or <see cref="WireKind.Any"/> where it depends on the value.</summary>
    public virtual WireKind ElementKind => WireKind.Any;

    /// <summary>Returns the kind of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The kind.</returns>
    public abstract WireKind KindOf(T value);

    /// <summary>Writes a value without its kind.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="kind">What <see cref="KindOf"/> returned.</param>
    public abstract void Write(WireWriter writer, T value, WireKind kind);

    /// <summary>Reads a value.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="kind">The kind found.</param>
    /// <returns>The value.</returns>
    /// <exception cref="Orleans.Serialization.SerializerException">The bytes are no value of this type.</exception>
    public abstract T Read(ref WireReader reader, WireKind kind);

    /// <inheritdoc/>
    internal sealed override void WriteObject(WireWriter writer, object value)
    {
        var typed = (T)value;
        var kind = KindOf(typed);
        writer.Kind(kind);
        Write(writer, typed, kind);
    }

    /// <inheritdoc/>
    internal sealed override object? ReadObject(ref WireReader reader, WireKind kind) => Read(ref reader, kind);
}
