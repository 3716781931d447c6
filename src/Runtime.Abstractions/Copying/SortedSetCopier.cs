namespace Molino.Runtime.Copying;

/// <summary>Copies sorted sets.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class SortedSetCopier<T> : Copier<SortedSet<T>>
{
    /// <inheritdoc/>
    public override SortedSet<T> Copy(SortedSet<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = new SortedSet<T>(value.Comparer);
        context.Record(value, copy);
        foreach (var item in value)
        {
            copy.Add(context.Copy(item));
        }

        return copy;
    }
}
