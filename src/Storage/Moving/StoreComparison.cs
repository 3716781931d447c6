namespace Molino.Storage.Moving;

/// <summary>What was counted on both sides of a move.</summary>
/// <param name="Rows">One for each thing that was counted on either side.</param>
/// <param name="Jobs">Jobs moved.</param>
/// <param name="Elapsed">How long the reading and writing took, without the recount.</param>
public sealed record StoreComparison(IReadOnlyList<StoreComparison.Row> Rows, long Jobs, TimeSpan Elapsed)
{
    /// <summary>Whether both sides say the same everywhere.</summary>
    public bool Matches => Rows.All(row => row.Source == row.Target);

    /// <summary>Compares two counts.</summary>
    /// <param name="source">What was read.</param>
    /// <param name="target">What is there now.</param>
    /// <param name="elapsed">How long the move took.</param>
    public static StoreComparison Of(StoreTally source, StoreTally target, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var names = source.Counts.Keys.Union(target.Counts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new StoreComparison(
            [.. names.Select(name => new Row(name, source.Counts.GetValueOrDefault(name), target.Counts.GetValueOrDefault(name)))], source.Jobs, elapsed);
    }

    /// <summary>A thing that was counted.</summary>
    /// <param name="What">Its name.</param>
    /// <param name="Source">How many were read.</param>
    /// <param name="Target">How many are there now.</param>
    public sealed record Row(string What, long Source, long Target);
}
