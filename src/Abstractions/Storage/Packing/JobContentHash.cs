using System.Security.Cryptography;
using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>Tells whether two submits under one idempotency key ask for the same.</summary>
/// <remarks>
/// Hashed: type, arguments (their bytes), queue, priority, all attempts, retry policy, time limits, tags in order, hold.
/// Not hashed: id, creation time, the key itself, and the due and expiry times, because a delay given relative to now differs at each repeat.
/// </remarks>
public static class JobContentHash
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Length = 16;

    /// <summary>Hashes what a submitter asked for.</summary>
    /// <param name="spec">The submit.</param>
    /// <returns>16 bytes: the first half of a SHA-256.</returns>
    public static byte[] Of(JobSpec spec)
    {
        var plain = spec with { CreatedAt = spec.Id.CreatedAt, DueAt = null, ExpiresAt = null, IdempotencyKey = null };
        var buffer = new PackBuffer(256 + spec.Args.Length);
        JobSpecPacker.Pack(plain, InlineNames.Instance, buffer);
        return SHA256.HashData(buffer.Written)[..Length];
    }
}
