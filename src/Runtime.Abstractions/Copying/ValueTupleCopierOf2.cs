namespace Molino.Runtime.Copying;

/// <summary>Copies tuples.</summary>
/// <typeparam name="T1">The type of part 1.</typeparam>
/// <typeparam name="T2">The type of part 2.</typeparam>
public sealed class ValueTupleCopier<T1, T2> : Copier<(T1, T2)>
{
    /// <inheritdoc/>
    public override (T1, T2) Copy((T1, T2) value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.Copy(value.Item1), context.Copy(value.Item2));
    }
}
