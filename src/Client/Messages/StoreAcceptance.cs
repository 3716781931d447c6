namespace Molino.Client;

/// <summary>Accepts a store that replaced the one known.</summary>
/// <param name="Confirm">The cluster's id.</param>
public sealed record StoreAcceptance(string Confirm);
