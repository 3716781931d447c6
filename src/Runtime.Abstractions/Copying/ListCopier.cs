namespace Molino.Runtime.Copying;

/// <summary>Copies lists.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ListCopier<T> : Copier<List<T>>
{
    /// <inheritdoc/>
    public override List<T> Copy(List<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = new List<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value)
        {
            copy.Add(context.Copy(item));
        }

        return copy;
    }
}
