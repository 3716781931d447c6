namespace Molino.Runtime.Copying;

/// <summary>Copies values declared as a dictionary interface. The copy is a <see cref="Dictionary{TKey, TValue}"/>, or sorted where the original is.</summary>
/// <typeparam name="TMap">The declared interface.</typeparam>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class MapCopier<TMap, TKey, TValue> : Copier<TMap>
    where TMap : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override TMap Copy(TMap value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        IDictionary<TKey, TValue> copy = value is SortedDictionary<TKey, TValue> sorted
            ? new SortedDictionary<TKey, TValue>(sorted.Comparer)
            : new Dictionary<TKey, TValue>((value as Dictionary<TKey, TValue>)?.Comparer);
        context.Record(value, copy);
        foreach (var (key, item) in value)
        {
            copy.Add(context.Copy(key), context.Copy(item));
        }

        return (TMap)copy;
    }
}
