namespace Molino.Api;

/// <summary>How callers log in (<c>Auth:Mode</c>).</summary>
public enum AuthMode
{
    /// <summary>Not at all: only the machine itself is answered.</summary>
    Loopback,

    /// <summary>With a name and a password, or with an API key.</summary>
    Basic,

    /// <summary>With an API key.</summary>
    ApiKey,
}
