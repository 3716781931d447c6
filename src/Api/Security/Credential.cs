using System.Text;
using Microsoft.AspNetCore.Http;

namespace Molino.Api;

/// <summary>What a caller shows to log in.</summary>
/// <param name="Kind">A password or a key.</param>
/// <param name="Name">The name that it claims; null when it has no form of a credential.</param>
/// <param name="Secret">The password or the whole key.</param>
internal readonly record struct Credential(UserKind Kind, string? Name, string Secret)
{
    private const int Longest = 1024;

    /// <summary>Reads <c>X-Api-Key</c> or <c>Authorization</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Null when nothing is shown.</returns>
    public static Credential? Read(HttpRequest request)
    {
        var key = request.Headers["X-Api-Key"].ToString();
        if (key.Length > 0) return OfKey(key);
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.Length == 0) return null;
        if (authorization.Length > Longest) return default(Credential);
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return OfKey(authorization[7..].Trim());
        return authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? OfBasic(authorization[6..].Trim()) : default(Credential);
    }

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Kind} {Name}";

    private static Credential OfKey(string key) => key.Length > Longest ? default : new Credential(UserKind.Key, ApiKey.NameOf(key), key);

    private static Credential OfBasic(string encoded)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return default;
        var text = Encoding.UTF8.GetString(bytes[..length]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? default : new Credential(UserKind.User, text[..colon], text[(colon + 1)..]);
    }
}
