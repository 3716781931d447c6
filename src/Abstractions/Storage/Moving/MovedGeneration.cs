namespace Molino.Storage.Moving;

/// <summary>The generation of a store that is made of another: cursors of events that were given out before the move answer reset.</summary>
/// <remarks>
/// Seconds since 2020, so that restoring one archive twice gives two generations: a cursor of the first restored store means nothing in the second. Fits
/// 31 bits until 2088.
/// </remarks>
public static class MovedGeneration
{
    private static readonly DateTimeOffset Origin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Chooses the generation.</summary>
    /// <param name="source">The generation of the store that was read.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Above <paramref name="source"/>.</returns>
    public static int After(int source, DateTimeOffset now) => Math.Max(source + 1, (int)Math.Clamp((now - Origin).TotalSeconds, 1, int.MaxValue - 1));
}
