using System.ComponentModel;

namespace Molino.Runtime.Copying;

/// <summary>Copies values of one type. See <see cref="Copier{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Copier
{
    private protected Copier()
    {
    }

    /// <summary>Copies a value of exactly the copier's type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="context">The copy under way.</param>
    /// <returns>The copy.</returns>
    public abstract object CopyObject(object value, CopyContext context);
}
