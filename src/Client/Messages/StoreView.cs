using Orleans;

namespace Molino.Client;

/// <summary>The store after an operator was asked about it.</summary>
/// <param name="Accepted">Whether another store was accepted; false when the store is the one known, and nothing was done.</param>
/// <param name="Status"><c>ok</c> or <c>down</c>.</param>
/// <param name="Code">A stable code when it is not ok.</param>
/// <param name="Message">A sentence when it is not ok.</param>
[GenerateSerializer, Immutable, Alias("client.store.v1")]
public sealed record StoreView([property: Id(0)] bool Accepted, [property: Id(1)] string Status, [property: Id(2)] string? Code, [property: Id(3)] string? Message);
