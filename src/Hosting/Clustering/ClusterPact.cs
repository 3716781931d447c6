using System.Security.Cryptography;
using System.Text;

namespace Molino.Hosting;

/// <summary>What all silos on one store must have alike, as each puts it up for the others.</summary>
/// <param name="Runtime">The actor runtime: silos of different ones do not see each other, and would take each other for dead.</param>
/// <param name="Cluster">The cluster's id; null where the runtime's own handshake proves it.</param>
/// <param name="Secret">A proof of knowing the secret (<see cref="Proof"/>); null where the handshake proves it, or there is none.</param>
internal sealed record ClusterPact(string Runtime, string? Cluster = null, string? Secret = null)
{
    private const int Rounds = 100_000;

    /// <summary>Shows that a secret is known without showing it: PBKDF2 with SHA-256 (RFC 8018), 100,000 rounds, salted with the store's key.</summary>
    /// <param name="secret">The secret; null when there is none.</param>
    /// <param name="storeKey">The store that the proof is kept in.</param>
    public static string? Proof(string? secret, string storeKey) => string.IsNullOrEmpty(secret)
        ? null
        : Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(secret, Encoding.UTF8.GetBytes(storeKey), Rounds, HashAlgorithmName.SHA256, 16));

    /// <summary>Why a silo with this pact must not work beside one with another; null when it may.</summary>
    /// <param name="other">The pact of a silo that works on the store.</param>
    public string? Refuses(ClusterPact other) =>
        Runtime != other.Runtime ? $"runs its grains on {other.Runtime}, this one on {Runtime}: start all silos from the same build, or give this one another Store:Prefix."
        : Cluster != other.Cluster ? $"belongs to cluster '{other.Cluster}', this one to '{Cluster}': give both the same Cluster:Id, or this one another Store:Prefix."
        : Secret != other.Secret ? "has another Cluster:Secret: give all silos of a cluster the same."
        : null;
}
