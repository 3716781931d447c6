using System.Net;
using Microsoft.AspNetCore.Http;

namespace Molino.Api;

/// <summary>What counts as this machine itself.</summary>
public static class LoopbackGuard
{
    /// <summary>Checks that a silo without logins can be reached from this machine only.</summary>
    /// <param name="urls">Where it listens, with semicolons between.</param>
    /// <returns>A sentence that names the key <c>Http:Urls</c>, or null when all is well.</returns>
    public static string? CheckUrls(string urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                return $"Http:Urls: '{url}' is not an address like http://127.0.0.1:8080.";
            }

            if (!address.IsUnixPipe && !IsLoopback(address.Host))
                return $"Http:Urls: '{url}' can be reached from other machines, and Auth:Mode Loopback has no login; listen on 127.0.0.1 or choose Auth:Mode Basic or ApiKey.";
        }

        return null;
    }

    /// <summary>Whether a host is a name or an address of this machine only: <c>localhost</c>, 127.0.0.0/8 or ::1.</summary>
    /// <param name="host">Without a port; IPv6 with or without brackets.</param>
    public static bool IsLoopback(string? host)
    {
        if (string.IsNullOrEmpty(host)) return false;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return true;
        // IPAddress also reads forms such as "127.1" and "0x7f.1"; what it takes for loopback is loopback however it is written.
        return IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
