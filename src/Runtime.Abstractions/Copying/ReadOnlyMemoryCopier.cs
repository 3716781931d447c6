namespace Molino.Runtime.Copying;

/// <summary>Copies memory that is read-only for its holder, yet not for the owner of the array behind it.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ReadOnlyMemoryCopier<T> : Copier<ReadOnlyMemory<T>>
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Copy(value.ToArray());
    }
}
