namespace Molino.Runtime.Wire;

/// <summary>Values declared as a base, an interface or <c>object</c> travel under the name of the type that they have.</summary>
/// <typeparam name="T">The declared type.</typeparam>
internal sealed class ActualTypeCodec<T> : Codec<T>
{
    /// <inheritdoc/>
    public override WireKind KindOf(T value) => value is null ? WireKind.Null : WireKind.Typed;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T value, WireKind kind)
    {
        if (kind == WireKind.Typed)
        {
            writer.Typed(value!);
        }
    }

    /// <inheritdoc/>
    public override T Read(ref WireReader reader, WireKind kind) => kind switch
    {
        WireKind.Null => default!,
        WireKind.Typed => reader.Typed() is T value ? value : throw WireReader.Unexpected<T>(kind),
        _ => throw WireReader.Unexpected<T>(kind),
    };
}
