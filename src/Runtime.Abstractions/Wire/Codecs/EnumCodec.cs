using System.Runtime.CompilerServices;

namespace Molino.Runtime.Wire;

/// <summary>Enums travel as numbers; values that this side does not know pass through.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override WireKind ElementKind => WireKind.Varint;

    /// <inheritdoc/>
    public override WireKind KindOf(T value) => WireKind.Varint;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T value, WireKind kind) => writer.Signed(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, sbyte>(value),
        2 => Unsafe.BitCast<T, short>(value),
        4 => Unsafe.BitCast<T, int>(value),
        _ => Unsafe.BitCast<T, long>(value),
    });

    /// <inheritdoc/>
    public override T Read(ref WireReader reader, WireKind kind)
    {
        if (kind != WireKind.Varint)
        {
            throw WireReader.Unexpected<T>(kind);
        }

        var value = reader.Signed();
        return Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<sbyte, T>(checked((sbyte)value)),
            2 => Unsafe.BitCast<short, T>(checked((short)value)),
            4 => Unsafe.BitCast<int, T>(checked((int)value)),
            _ => Unsafe.BitCast<long, T>(value),
        };
    }
}
