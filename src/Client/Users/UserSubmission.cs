namespace Molino.Client;

/// <summary>A user or an API key to add, as in <c>POST /api/users</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="Kind"><c>user</c> or <c>key</c>.</param>
/// <param name="Password">The password of a user; null for a key.</param>
public sealed record UserSubmission(string Name, string Role, string Kind, string? Password)
{
    /// <summary>Kind of a user with a password.</summary>
    public const string UserKind = "user";

    /// <summary>Kind of an API key.</summary>
    public const string KeyKind = "key";

    /// <summary>Names the user without the password, which belongs in no log.</summary>
    public override string ToString() => $"{Kind} {Name} ({Role})";
}
