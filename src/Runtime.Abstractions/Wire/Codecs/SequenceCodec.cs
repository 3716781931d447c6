namespace Molino.Runtime.Wire;

/// <summary>Collections that are sequences of their elements.</summary>
/// <typeparam name="TList">The declared type.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class SequenceCodec<TList, T>(Func<List<T>, IEnumerable<T>> make) : ListCodec<TList, T>
    where TList : class, IEnumerable<T>
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<T> AsSpan(TList value) => SpanOf(value);

    /// <inheritdoc/>
    protected override TList Make(List<T> items) => (TList)make(items);
}
