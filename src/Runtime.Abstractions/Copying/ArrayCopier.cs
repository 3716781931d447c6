namespace Molino.Runtime.Copying;

/// <summary>Copies arrays.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ArrayCopier<T> : Copier<T[]>
{
    /// <inheritdoc/>
    public override T[] Copy(T[] value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(context);
        if (context.TryGetCopy(value, out var known))
        {
            return known;
        }

        if (typeof(T).IsPrimitive)
        {
            return (T[])value.Clone();
        }

        var copy = new T[value.Length];
        context.Record(value, copy);
        for (var i = 0; i < value.Length; i++)
        {
            copy[i] = context.Copy(value[i]);
        }

        return copy;
    }
}
