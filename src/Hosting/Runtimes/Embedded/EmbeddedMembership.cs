using Molino.Runtime.Membership;

namespace Molino.Hosting;

/// <summary>A silo of the embedded runtime is a member for as long as its life.</summary>
internal sealed class EmbeddedMembership(ILocalSilo silo) : ISiloMembership
{
    public CancellationToken Ended => silo.Life;
}
