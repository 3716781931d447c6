namespace Molino.Api;

/// <summary>How a user logs in.</summary>
internal enum UserKind
{
    /// <summary>With a password.</summary>
    User,

    /// <summary>With an API key.</summary>
    Key,
}
