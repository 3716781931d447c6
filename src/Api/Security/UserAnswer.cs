namespace Molino.Api;

/// <summary>A user as <c>GET /api/users</c> shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Kind">How it logs in.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
internal sealed record UserAnswer(string Name, Role Role, UserKind Kind, DateTimeOffset CreatedAt);
