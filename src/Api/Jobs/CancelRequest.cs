namespace Molino.Api;

/// <summary>The body of a cancel.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record CancelRequest(string? Reason = null);
