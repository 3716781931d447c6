namespace Molino.Runtime.Wire;

/// <summary>Values that may be missing.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class NullableCodec<T>(Codec<T> codec) : Codec<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override WireKind KindOf(T? value) => value is { } present ? codec.KindOf(present) : WireKind.Null;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T? value, WireKind kind)
    {
        if (value is { } present)
        {
            codec.Write(writer, present, kind);
        }
    }

    /// <inheritdoc/>
    public override T? Read(ref WireReader reader, WireKind kind) => kind == WireKind.Null ? null : codec.Read(ref reader, kind);
}
