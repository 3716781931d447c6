namespace Molino.Runtime.Copying;

/// <summary>Copies values declared as a sequence interface that arrays and lists both implement: lists stay lists, all else becomes an array.</summary>
/// <typeparam name="TSequence">The declared interface, such as <see cref="IReadOnlyList{T}"/>.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class SequenceCopier<TSequence, T> : Copier<TSequence>
    where TSequence : class, IEnumerable<T>
{
    /// <inheritdoc/>
    public override TSequence Copy(TSequence value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var items = new List<T>(value.TryGetNonEnumeratedCount(out var count) ? count : 4);
        var isList = value is List<T>;
        if (isList)
        {
            context.Record(value, items);
        }

        foreach (var item in value)
        {
            items.Add(context.Copy(item));
        }

        return isList ? (TSequence)(object)items : (TSequence)(object)items.ToArray();
    }
}
