namespace Molino.Runtime.Copying;

/// <summary>Copies hash sets.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class HashSetCopier<T> : Copier<HashSet<T>>
{
    /// <inheritdoc/>
    public override HashSet<T> Copy(HashSet<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = new HashSet<T>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var item in value)
        {
            copy.Add(context.Copy(item));
        }

        return copy;
    }
}
