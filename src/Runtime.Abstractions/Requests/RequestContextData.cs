namespace Orleans.Runtime;

/// <summary>An immutable snapshot of what flows along a chain of calls.</summary>
internal sealed class RequestContextData(Dictionary<string, object> values, Guid reentrancyId)
{
    private static readonly Dictionary<string, object> NoValues = [];

    /// <summary>Gets the values; never changed after construction.</summary>
    public Dictionary<string, object> Values { get; } = values;

    /// <summary>Gets the id of the chain that may re-enter, or the empty Guid.</summary>
    public Guid ReentrancyId { get; } = reentrancyId;

    /// <summary>Makes a snapshot, or null when there is nothing to carry.</summary>
    /// <param name="values">The values, or null for none.</param>
    /// <param name="reentrancyId">The id of the chain.</param>
    /// <returns>The snapshot.</returns>
    public static RequestContextData? From(Dictionary<string, object>? values, Guid reentrancyId) =>
        (values is null || values.Count == 0) && reentrancyId == Guid.Empty ? null : new(values ?? NoValues, reentrancyId);
}
