using Orleans.Runtime;

namespace Molino.Runtime.Placement;

/// <summary>Which of the 1,024 slots a grain is in: the same in every process and release.</summary>
internal static class Slot
{
    /// <summary>The number of slots.</summary>
    public const int Count = 1_024;

    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int HashBits = 32;
    private const int SlotBits = 10;

    /// <summary>Returns the slot of a grain.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>A number from 0 to 1,023.</returns>
    public static int Of(GrainId grainId) => (int)(grainId.GetUniformHashCode() >> (HashBits - SlotBits));

    /// <summary>Returns the hash of a text (FNV-1a, mixed).</summary>
    /// <param name="text">The text.</param>
    /// <returns>The hash.</returns>
    public static ulong Hash(string text)
    {
        var hash = Basis;
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        return Mix(hash);
    }

    /// <summary>Spreads the bits of a number (the finaliser of SplitMix64).</summary>
    /// <param name="value">The number.</param>
    /// <returns>The spread number.</returns>
    public static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
