using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Molino.Core;

namespace Molino.Silo;

/// <summary>
/// Where the silo's configuration comes from: appsettings.json, files of the folder that <c>MOLINO_SECRETS</c> names (a file <c>Cluster__Secret</c> is
/// the key <c>Cluster:Secret</c>), <c>MOLINO__...</c> in the environment, the command line; the last wins.
/// </summary>
internal static class SiloConfiguration
{
    private static readonly string[] Sections =
        ["Store", "Cluster", "Http", "Auth", "Pools", "Queues", "Routes", "Sql", "Drain", "Retention", "Logging"];

    /// <summary>Adds the sources, and refuses what was given by hand and means nothing.</summary>
    /// <exception cref="ConfigurationException">A top-level key is unknown.</exception>
    public static void Add(ConfigurationManager configuration, string[] args)
    {
        var given = AddGiven(new ConfigurationBuilder(), args).Build();
        foreach (var section in given.GetChildren())
        {
            if (!Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                throw new ConfigurationException(section.Key, $"unknown key; there are {string.Join(", ", Sections)}.");
        }

        CheckArguments(args);
        AddGiven(configuration, args);
    }

    private static IConfigurationBuilder AddGiven(IConfigurationBuilder configuration, string[] args)
    {
        if (Environment.GetEnvironmentVariable("MOLINO_SECRETS") is { Length: > 0 } secrets)
        {
            configuration.AddKeyPerFile(source =>
            {
                source.FileProvider = Directory.Exists(secrets) ? new PhysicalFileProvider(Path.GetFullPath(secrets), ExclusionFilters.None) : null;
                source.Optional = true;
                source.IgnoreCondition = file => !file.Contains("__", StringComparison.Ordinal); // other programs' secrets lie there too
            });
        }

        return configuration.AddEnvironmentVariables("MOLINO__").AddCommandLine(args);
    }

    /// <summary>The command line reader skips what it does not understand; a silo must not.</summary>
    private static void CheckArguments(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new ConfigurationException(args[i], "settings are given as --Key=Value, for example --Http:Urls=http://127.0.0.1:8081.");
            if (!args[i].Contains('=', StringComparison.Ordinal)) i++; // --Key Value
        }
    }
}
