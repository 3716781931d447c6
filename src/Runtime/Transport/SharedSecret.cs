using System.Security.Cryptography;
using System.Text;

namespace Molino.Runtime.Transport;

/// <summary>Proofs that a side has the secret: HMAC-SHA256 over its role and both introductions, random bytes included.</summary>
internal sealed class SharedSecret(string? secret)
{
    private static readonly byte[] NoKey = "molino: no secret"u8.ToArray();

    private readonly byte[] _key = string.IsNullOrEmpty(secret) ? NoKey : SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Makes a proof.</summary>
    /// <param name="isListener">The role of the side that proves.</param>
    /// <param name="hello">The introduction of the dialling side, as sent.</param>
    /// <param name="answer">The introduction of the listening side, as sent.</param>
    /// <returns>The proof.</returns>
    public byte[] Prove(bool isListener, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> answer)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(isListener ? "listener"u8 : "dialler"u8);
        hash.AppendData(SHA256.HashData(hello));
        hash.AppendData(SHA256.HashData(answer));
        return hash.GetHashAndReset();
    }

    /// <summary>Checks a proof, in the same time whatever is wrong with it.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="isListener">The role of the side that proves.</param>
    /// <param name="hello">The introduction of the dialling side, as sent.</param>
    /// <param name="answer">The introduction of the listening side, as sent.</param>
    /// <returns>True when it is right.</returns>
    public bool Verify(ReadOnlySpan<byte> proof, bool isListener, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> answer) =>
        CryptographicOperations.FixedTimeEquals(proof, Prove(isListener, hello, answer));
}
