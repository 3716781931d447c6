namespace Molino.Runtime.Copying;

/// <summary>Hands immutable objects over as they are, whatever their type.</summary>
internal sealed class SameReferenceCopier : Copier
{
    private SameReferenceCopier()
    {
    }

    /// <summary>Gets the only instance.</summary>
    public static SameReferenceCopier Instance { get; } = new();

    /// <inheritdoc/>
    public override object CopyObject(object value, CopyContext context) => value;
}
