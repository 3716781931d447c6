namespace Molino.Client;

/// <summary>The answer to <c>POST /api/users</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">The role.</param>
/// <param name="Kind"><c>user</c> or <c>key</c>.</param>
/// <param name="Key">The API key: shown this once, stored only hashed; null for a user with a password.</param>
public sealed record UserCreated(string Name, string Role, string Kind, string? Key)
{
    /// <summary>Names the user without the key, which belongs in no log.</summary>
    public override string ToString() => $"{Kind} {Name} ({Role})";
}
