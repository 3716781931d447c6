namespace Molino.Runtime.Copying;

/// <summary>Copies queues.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class QueueCopier<T> : Copier<Queue<T>>
{
    /// <inheritdoc/>
    public override Queue<T> Copy(Queue<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        var copy = new Queue<T>(value.Count);
        context.Record(value, copy);
        foreach (var item in value)
        {
            copy.Enqueue(context.Copy(item));
        }

        return copy;
    }
}
