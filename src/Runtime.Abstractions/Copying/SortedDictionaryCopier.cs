namespace Molino.Runtime.Copying;

/// <summary>Copies sorted dictionaries.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class SortedDictionaryCopier<TKey, TValue> : Copier<SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override SortedDictionary<TKey, TValue> Copy(SortedDictionary<TKey, TValue> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        context.Record(value, copy);
        foreach (var (key, item) in value)
        {
            copy.Add(context.Copy(key), context.Copy(item));
        }

        return copy;
    }
}
