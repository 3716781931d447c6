using System.Collections.Immutable;

namespace Molino.Runtime.Wire;

/// <summary>Immutable arrays; the default one travels as null.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class ImmutableArrayCodec<T> : ListCodec<ImmutableArray<T>, T>
{
    /// <inheritdoc/>
    protected override bool IsNull(ImmutableArray<T> value) => value.IsDefault;

    /// <inheritdoc/>
    protected override ImmutableArray<T> Null() => default;

    /// <inheritdoc/>
    protected override ReadOnlySpan<T> AsSpan(ImmutableArray<T> value) => value.AsSpan();

    /// <inheritdoc/>
    protected override ImmutableArray<T> Make(List<T> items) => [.. items];
}
