namespace Molino.Runtime.Wire;

/// <summary>The codec of a type with one layout.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class BasicCodec<T>(WireKind layout, Action<WireWriter, T> write, BasicCodec<T>.Reading read) : Codec<T>
{
    /// <summary>Reads a value.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public delegate T Reading(ref WireReader reader);

    /// <inheritdoc/>
    public override WireKind ElementKind => typeof(T).IsValueType ? layout : WireKind.Any;

    /// <inheritdoc/>
    public override WireKind KindOf(T value) => value is null ? WireKind.Null : layout;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T value, WireKind kind)
    {
        if (kind != WireKind.Null)
        {
            write(writer, value);
        }
    }

    /// <inheritdoc/>
    public override T Read(ref WireReader reader, WireKind kind) =>
        kind == layout ? read(ref reader) : kind == WireKind.Null && default(T) is null ? default! : throw WireReader.Unexpected<T>(kind);
}
