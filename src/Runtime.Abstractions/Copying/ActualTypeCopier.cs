namespace Molino.Runtime.Copying;

/// <summary>Copies values declared with an open type, such as an interface, by the type that they have.</summary>
/// <typeparam name="T">The declared type.</typeparam>
internal sealed class ActualTypeCopier<T> : Copier<T>
{
    /// <inheritdoc/>
    public override T Copy(T value, CopyContext context) => value is null ? value : (T)context.CopyByActualType((object)value);
}
