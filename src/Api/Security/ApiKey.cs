using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Molino.Core;

namespace Molino.Api;

/// <summary>API keys: the key's name, a dot and 256 random bits. Random as they are, a plain SHA-256 protects them.</summary>
internal static class ApiKey
{
    private const int SecretBytes = 32;

    /// <summary>Makes a key.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The key, shown once, and the hash, stored.</returns>
    public static (string Key, byte[] Hash) Create(string name)
    {
        var key = $"{name}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (key, Hash(key));
    }

    /// <summary>The name of the key that a text claims to be.</summary>
    /// <param name="key">The text.</param>
    /// <returns>Null when it has not the form of a key.</returns>
    public static string? NameOf(string key)
    {
        var dot = key.LastIndexOf('.');
        return dot > 0 && Names.IsValid(key[..dot]) ? key[..dot] : null;
    }

    /// <summary>Whether a text is a user's key.</summary>
    /// <param name="user">The user.</param>
    /// <param name="key">The text.</param>
    public static bool Verify(UserRecord user, string key) => CryptographicOperations.FixedTimeEquals(Hash(key), user.Hash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
