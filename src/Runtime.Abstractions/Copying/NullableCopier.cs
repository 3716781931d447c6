namespace Molino.Runtime.Copying;

/// <summary>Copies nullable structures.</summary>
/// <typeparam name="T">The structure.</typeparam>
public sealed class NullableCopier<T> : Copier<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override T? Copy(T? value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return value is { } present ? context.Copy(present) : null;
    }
}
