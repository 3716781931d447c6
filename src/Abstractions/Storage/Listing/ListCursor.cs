using System.Globalization;
using Molino.Core;

namespace Molino.Storage.Listing;

/// <summary>Where a page of the list ended, as text: the sequence and a check that ties it to this store.</summary>
public static class ListCursor
{
    /// <summary>Writes a cursor.</summary>
    /// <param name="before">Sequence of the last job of the page.</param>
    /// <param name="identity">The store.</param>
    public static string Write(long before, StoreIdentity identity) =>
        string.Create(CultureInfo.InvariantCulture, $"l{before:x}-{Check(before, identity):x4}");

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">The cursor; null for the newest.</param>
    /// <param name="identity">The store.</param>
    /// <returns>List jobs of a lower sequence than this.</returns>
    /// <exception cref="JobSystemException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static long Read(string? text, StoreIdentity identity)
    {
        if (text is null) return long.MaxValue;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (text.StartsWith('l')
            && dash > 1
            && long.TryParse(text.AsSpan(1, dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var before)
            && before > 0
            && string.Equals(text, Write(before, identity), StringComparison.Ordinal))
        {
            return before;
        }

        throw new JobSystemException(ErrorCodes.InvalidRequest, "The cursor is not one that this store gave out. Start again without a cursor.");
    }

    private static ushort Check(long before, StoreIdentity identity)
    {
        var hash = (ulong)before * 0x9E3779B97F4A7C15;
        foreach (var letter in identity.Key) hash = (hash ^ letter) * 0x100000001B3;
        return (ushort)(hash >> 40);
    }
}
