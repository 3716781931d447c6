namespace Molino.Api;

/// <summary>The section <c>Auth</c> of the configuration.</summary>
public sealed class AuthOptions
{
    /// <summary>How callers log in. Default <see cref="AuthMode.Loopback"/>.</summary>
    public AuthMode Mode { get; set; } = AuthMode.Loopback;
}
