namespace Molino.Runtime.Copying;

/// <summary>Hands immutable values over as they are.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class IdentityCopier<T> : Copier<T>
{
    /// <inheritdoc/>
    public override T Copy(T value, CopyContext context) => value;
}
