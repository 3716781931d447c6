using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>Writes every name out: for packs that must be readable without a table of names.</summary>
public sealed class InlineNames : IPackNames
{
    private InlineNames()
    {
    }

    /// <summary>The one instance.</summary>
    public static InlineNames Instance { get; } = new();

    /// <inheritdoc/>
    public int CodeOf(string name) => 0;

    /// <inheritdoc/>
    public string NameOf(int code) => throw new StoreException(ErrorCodes.StoreCorrupt, $"A packed record uses name code {code}, but names are written out here.");
}
