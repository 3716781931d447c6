namespace Molino.Client;

/// <summary>Somebody, or something, that may call Molino.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="Kind"><c>user</c> for one with a password, <c>key</c> for an API key.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
public sealed record UserView(string Name, string Role, string Kind, DateTimeOffset CreatedAt);
