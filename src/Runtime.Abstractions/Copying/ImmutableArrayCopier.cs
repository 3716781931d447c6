using System.Collections.Immutable;

namespace Molino.Runtime.Copying;

/// <summary>Copies immutable arrays of elements that can change.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    /// <inheritdoc/>
    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value.IsDefaultOrEmpty)
        {
            return value;
        }

        var copy = ImmutableArray.CreateBuilder<T>(value.Length);
        foreach (var item in value)
        {
            copy.Add(context.Copy(item));
        }

        return copy.MoveToImmutable();
    }
}
