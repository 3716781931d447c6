using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Number and Guid keys, written as Orleans writes them: upper-case hexadecimal, and 32 digits.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>Writes a number as a key.</summary>
    /// <param name="key">The number.</param>
    /// <returns>The key.</returns>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>Writes a Guid as a key.</summary>
    /// <param name="key">The Guid.</param>
    /// <returns>The key.</returns>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>Reads the number from a key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">The key is not a number.</exception>
    public static long GetIntegerKey(this GrainId grainId) =>
        long.TryParse(grainId.Key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException($"The key of {grainId} is not a number.", nameof(grainId));

    /// <summary>Reads the Guid from a key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <returns>The Guid.</returns>
    /// <exception cref="ArgumentException">The key is not a Guid.</exception>
    public static Guid GetGuidKey(this GrainId grainId) =>
        Guid.TryParseExact(grainId.Key.ToString(), "N", out var key)
            ? key
            : throw new ArgumentException($"The key of {grainId} is not a Guid.", nameof(grainId));
}
