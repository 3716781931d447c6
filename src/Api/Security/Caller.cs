namespace Molino.Api;

/// <summary>Who calls.</summary>
/// <param name="Name">The user's or key's name.</param>
/// <param name="Role">What it may do.</param>
internal sealed record Caller(string Name, Role Role);
