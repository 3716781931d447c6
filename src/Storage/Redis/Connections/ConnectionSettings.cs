using System.Globalization;
using System.Net;

namespace Molino.Storage.Redis.Connections;

/// <summary>How to reach a server, read from a connection string in the form of StackExchange.Redis.</summary>
internal sealed record ConnectionSettings
{
    private const int DefaultPort = 6379;
    private const int DefaultSentinelPort = 26379;

    /// <summary>Settings of StackExchange.Redis that mean nothing here and do no harm.</summary>
    private static readonly string[] Ignored =
    [
        "abortConnect", "allowAdmin", "channelPrefix", "configChannel", "configCheckSeconds", "connectRetry", "keepAlive", "resolveDns", "responseTimeout",
        "syncTimeout", "asyncTimeout", "tiebreaker", "version", "writeBuffer", "highPriorityThreads", "protocol",
    ];

    /// <summary>The hosts, in the order to try them; sentinels when there is a <see cref="Service"/>.</summary>
    public required IReadOnlyList<DnsEndPoint> Hosts { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; }

    /// <summary>The name that the server's certificate must have; null for the host's.</summary>
    public string? TlsHost { get; init; }

    /// <summary>File of a certificate to trust, PEM; null for those of the machine.</summary>
    public string? TlsAuthority { get; init; }

    public int Database { get; init; }

    /// <summary>What sentinels call the primary; null without sentinels.</summary>
    public string? Service { get; init; }

    public string? ClientName { get; init; }

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Reads a connection string.</summary>
    /// <returns>The settings, or null with a sentence that says what is wrong; it names no secret.</returns>
    public static ConnectionSettings? Parse(string text, out string? problem)
    {
        var hosts = new List<string>();
        var settings = new ConnectionSettings { Hosts = [] };
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                hosts.Add(part);
                continue;
            }

            if (settings.With(part[..equals].Trim(), part[(equals + 1)..].Trim()) is not { } next)
            {
                problem = $"'{part[..equals]}' is not a setting that is known here, or its value cannot be read.";
                return null;
            }

            settings = next;
        }

        settings = settings with { Hosts = [.. hosts.Select(host => HostOf(host, settings.Service is null ? DefaultPort : DefaultSentinelPort)).OfType<DnsEndPoint>()] };
        problem = settings.Hosts.Count == 0 || settings.Hosts.Count != hosts.Count ? "a host is missing or has no good port; write host:port." : null;
        return problem is null ? settings : null;
    }

    /// <summary>A connection string that may be shown: where a password is, dots are.</summary>
    public static string WithoutPassword(string text) => string.Join(
        ',',
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && part[..equals].Trim().Equals("password", StringComparison.OrdinalIgnoreCase)
                ? "password=..."
                : part));

    private static DnsEndPoint? HostOf(string text, int defaultPort)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']')) return new DnsEndPoint(text.Trim('[', ']'), defaultPort);
        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 && colon > 0
            ? new DnsEndPoint(text[..colon].Trim('[', ']'), port)
            : null;
    }

    private ConnectionSettings? With(string name, string value) => name.ToUpperInvariant() switch
    {
        "USER" => this with { User = value },
        "PASSWORD" => this with { Password = value },
        "SSL" => bool.TryParse(value, out var tls) ? this with { Tls = tls } : null,
        "SSLHOST" => this with { TlsHost = value },
        "SSLCA" => this with { TlsAuthority = value },
        "NAME" => this with { ClientName = value },
        "SERVICENAME" => this with { Service = value },
        "DEFAULTDATABASE" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var database) ? this with { Database = database } : null,
        "CONNECTTIMEOUT" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? this with { ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds) }
            : null,
        _ => Ignored.Contains(name, StringComparer.OrdinalIgnoreCase) ? this : null,
    };
}
