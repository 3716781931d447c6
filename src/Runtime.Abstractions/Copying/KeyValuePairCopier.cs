namespace Molino.Runtime.Copying;

/// <summary>Copies key-value pairs.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class KeyValuePairCopier<TKey, TValue> : Copier<KeyValuePair<TKey, TValue>>
{
    /// <inheritdoc/>
    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.Copy(value.Key), context.Copy(value.Value));
    }
}
