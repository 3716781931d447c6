namespace Molino.Client;

/// <summary>The store after an operator was asked about it.</summary>
/// <param name="Accepted">Whether another store was accepted; false when the store is the one known, and nothing was done.</param>
/// <param name="Status"><c>ok</c> or <c>down</c>.</param>
/// <param name="Code">A stable code when it is not ok.</param>
/// <param name="Message">A sentence when it is not ok.</param>
public sealed record StoreView(bool Accepted, string Status, string? Code, string? Message);
