namespace Molino.Runtime.Wire;

/// <summary>Memory of anything but bytes, which have a layout of their own.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class MemoryCodec<T> : ListCodec<ReadOnlyMemory<T>, T>
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<T> AsSpan(ReadOnlyMemory<T> value) => value.Span;

    /// <inheritdoc/>
    protected override ReadOnlyMemory<T> Make(List<T> items) => items.ToArray();
}
