using Molino.Api;
using Molino.Core;

namespace Molino.Silo;

/// <summary>Where the silo listens (<c>Http:*</c>). <c>Http:PathBase</c> is the API's own and checked there.</summary>
/// <param name="Urls">Addresses, separated by semicolons.</param>
/// <param name="RunsCommands">Whether <c>process.run</c> is offered: on loopback it is, beyond only when <c>Http:AllowProcessRun</c> says so.</param>
internal sealed record HttpSettings(string Urls, bool RunsCommands)
{
    /// <summary>Reads and checks.</summary>
    /// <exception cref="ConfigurationException">A key or value cannot be used, or loopback mode is to listen elsewhere.</exception>
    public static HttpSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Http");
        foreach (var child in section.GetChildren())
        {
            if (child.Key is not ("Urls" or "PathBase" or "AllowProcessRun"))
                throw new ConfigurationException(child.Path, "unknown key; Http has Urls, PathBase, AllowProcessRun.");
        }

        var urls = section["Urls"] ?? "http://127.0.0.1:8080";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
                || parsed.Scheme is not ("http" or "https"))
                throw new ConfigurationException("Http:Urls", $"'{url}' is not an address like http://127.0.0.1:8080.");
        }

        var beyond = LoopbackGuard.CheckUrls(urls);
        var loopbackMode = (configuration["Auth:Mode"] ?? "Loopback").Equals("Loopback", StringComparison.OrdinalIgnoreCase);
        if (loopbackMode && beyond is not null) throw new ConfigurationException("Http:Urls", beyond);
        return new HttpSettings(urls, beyond is null || string.Equals(section["AllowProcessRun"], "true", StringComparison.OrdinalIgnoreCase));
    }
}
