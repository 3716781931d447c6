using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Molino.Api;

/// <summary>Reads the section <c>Auth</c> and refuses what it does not know, by the key's name.</summary>
/// <param name="configuration">All of the configuration.</param>
internal sealed class AuthOptionsReader(IConfiguration configuration) : IConfigureOptions<AuthOptions>, IValidateOptions<AuthOptions>
{
    private const string ModeKey = "Auth:Mode";

    /// <inheritdoc/>
    public void Configure(AuthOptions options)
    {
        if (TryParse(configuration[ModeKey], out var mode)) options.Mode = mode;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        foreach (var child in configuration.GetSection("Auth").GetChildren())
            if (!child.Path.Equals(ModeKey, StringComparison.OrdinalIgnoreCase)) return ValidateOptionsResult.Fail($"{child.Path} is not a known key.");
        var text = configuration[ModeKey];
        if (text is null || TryParse(text, out _)) return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(text.Equals("Jwt", StringComparison.OrdinalIgnoreCase)
            ? $"{ModeKey}: Jwt is not available in this version; use Loopback, Basic or ApiKey."
            : $"{ModeKey}: '{text}' is not one of Loopback, Basic, ApiKey.");
    }

    private static bool TryParse(string? text, out AuthMode mode) =>
        Enum.TryParse(text, ignoreCase: true, out mode) && Enum.IsDefined(mode) && !char.IsAsciiDigit(text![0]);
}
