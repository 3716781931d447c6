namespace Molino.Api;

/// <summary>The answer to <c>POST /api/users</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Kind">How it logs in.</param>
/// <param name="Key">The API key, shown this once; absent for a user with a password.</param>
internal sealed record UserCreatedAnswer(string Name, Role Role, UserKind Kind, string? Key);
