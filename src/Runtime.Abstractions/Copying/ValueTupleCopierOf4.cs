namespace Molino.Runtime.Copying;

/// <summary>Copies tuples.</summary>
/// <typeparam name="T1">The type of part 1.</typeparam>
/// <typeparam name="T2">The type of part 2.</typeparam>
/// <typeparam name="T3">The type of part 3.</typeparam>
/// <typeparam name="T4">The type of part 4.</typeparam>
public sealed class ValueTupleCopier<T1, T2, T3, T4> : Copier<(T1, T2, T3, T4)>
{
    /// <inheritdoc/>
    public override (T1, T2, T3, T4) Copy((T1, T2, T3, T4) value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.Copy(value.Item1), context.Copy(value.Item2), context.Copy(value.Item3), context.Copy(value.Item4));
    }
}
