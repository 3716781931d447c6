using System.Security.Cryptography;

namespace Molino.Api;

/// <summary>Hashes passwords: PBKDF2 with SHA-512 and a salt of their own.</summary>
internal static class PasswordHash
{
    /// <summary>OWASP's number for PBKDF2 with HMAC-SHA-512 (Password Storage Cheat Sheet, 2023).</summary>
    public const int Iterations = 210_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>A user nobody is, so that an unknown name takes as long as a wrong password.</summary>
    public static UserRecord Nobody { get; } = new("", Role.Viewer, UserKind.User, DateTimeOffset.UnixEpoch, new byte[HashBytes], new byte[SaltBytes], Iterations);

    /// <summary>Hashes a new password.</summary>
    /// <param name="password">The password.</param>
    public static (byte[] Hash, byte[] Salt, int Iterations) Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (Derive(password, salt, Iterations), salt, Iterations);
    }

    /// <summary>Whether a password is a user's. Takes about 0.1 s of processor time.</summary>
    /// <param name="user">The user.</param>
    /// <param name="password">The password.</param>
    public static bool Verify(UserRecord user, string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, user.Salt, user.Iterations), user.Hash);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
