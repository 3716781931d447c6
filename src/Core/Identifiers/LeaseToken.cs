using Orleans;

namespace Molino.Core;

/// <summary>Proof that an attempt may complete a job: the epoch of its lease and a random number. All of it must match.</summary>
/// <param name="Epoch">Counts the leases of the job, from 1.</param>
/// <param name="Nonce">64 random bits given when the lease was made.</param>
[GenerateSerializer, Immutable, Alias("job.lease-token.v1")]
public readonly record struct LeaseToken([property: Id(0)] int Epoch, [property: Id(1)] ulong Nonce)
{
    /// <summary>The token of a job that was never leased.</summary>
    public static LeaseToken None => default;
}
