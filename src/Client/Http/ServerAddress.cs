using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Molino.Core;

namespace Molino.Client;

/// <summary>A server's address, read from text.</summary>
/// <param name="Base">What request paths are appended to; ends without a slash.</param>
/// <param name="Socket">The unix socket; null for TCP.</param>
/// <param name="IsLocal">Whether the server is on this machine, so that no proxy may be asked.</param>
/// <param name="Login">Basic login from the address; null for none.</param>
internal sealed record ServerAddress(string Base, string? Socket, bool IsLocal, AuthenticationHeaderValue? Login)
{
    /// <summary>Reads an address.</summary>
    /// <param name="url">As in <see cref="MolinoClientOptions.Url"/>.</param>
    /// <exception cref="JobValidationException">It is none.</exception>
    public static ServerAddress Parse(string url)
    {
        if (url.StartsWith("unix:", StringComparison.Ordinal))
        {
            var path = url["unix:".Length..];
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
            return path.Length == 0 ? throw Invalid() : new ServerAddress("http://localhost", path, IsLocal: true, Login: null);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) throw Invalid();
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) throw Invalid();
        var login = uri.UserInfo.Length == 0 ? null : Basic(Uri.UnescapeDataString(uri.UserInfo));
        return new ServerAddress(uri.GetLeftPart(UriPartial.Scheme) + uri.Authority + uri.AbsolutePath.TrimEnd('/'), null, IsLoopback(uri), login);
    }

    /// <summary>A Basic login.</summary>
    /// <param name="userAndPassword"><c>user:password</c>.</param>
    public static AuthenticationHeaderValue Basic(string userAndPassword) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

    private static bool IsLoopback(Uri uri) => uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static JobValidationException Invalid() =>
        new(ErrorCodes.InvalidRequest, "url", $"The address is http://host:port, https://host:port or unix:/path, like {MolinoClientOptions.DefaultUrl}.");
}
