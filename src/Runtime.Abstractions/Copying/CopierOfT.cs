using System.ComponentModel;

namespace Molino.Runtime.Copying;

/// <summary>Copies values of one type: deep where they can change, and not at all where they cannot. Generated for types with <c>[GenerateSerializer]</c>.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Copier<T> : Copier
{
    /// <summary>Copies a value.</summary>
    /// <param name="value">The value; null only if <typeparamref name="T"/> allows it.</param>
    /// <param name="context">The copy under way.</param>
    /// <returns>The copy.</returns>
    public abstract T Copy(T value, CopyContext context);

    /// <inheritdoc/>
    public sealed override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}
