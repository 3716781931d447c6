namespace Molino.Runtime.Copying;

/// <summary>Copies values declared as a set interface. The copy is a <see cref="HashSet{T}"/>, or sorted where the original is.</summary>
/// <typeparam name="TSet">The declared interface.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class SetCopier<TSet, T> : Copier<TSet>
    where TSet : class, IEnumerable<T>
{
    /// <inheritdoc/>
    public override TSet Copy(TSet value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        ISet<T> copy = value is SortedSet<T> sorted ? new SortedSet<T>(sorted.Comparer) : new HashSet<T>((value as HashSet<T>)?.Comparer);
        context.Record(value, copy);
        foreach (var item in value)
        {
            copy.Add(context.Copy(item));
        }

        return (TSet)copy;
    }
}
