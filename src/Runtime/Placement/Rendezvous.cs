using System.Collections.Immutable;
using Molino.Runtime.Membership;

namespace Molino.Runtime.Placement;

/// <summary>
/// Gives each slot to the silo with the highest weight for it (Thaler and Ravishankar, 1998), so that a silo that comes or goes
/// moves only its own share. Weights depend on the names alone: a restarted silo gets its slots back.
/// </summary>
internal static class Rendezvous
{
    /// <summary>Assigns all slots.</summary>
    /// <param name="silos">The active silos.</param>
    /// <returns>The owner of each slot; null for all when there are no silos.</returns>
    public static ClusterMember?[] Assign(ImmutableArray<ClusterMember> silos)
    {
        var owners = new ClusterMember?[Slot.Count];
        var seeds = silos.Select(silo => Slot.Hash(silo.Name)).ToArray();
        for (var slot = 0; slot < owners.Length && silos.Length > 0; slot++)
        {
            var best = 0;
            for (var i = 1; i < silos.Length; i++)
            {
                var difference = Slot.Mix(seeds[i] ^ (ulong)slot).CompareTo(Slot.Mix(seeds[best] ^ (ulong)slot));
                if (difference > 0 || (difference == 0 && string.CompareOrdinal(silos[i].Name, silos[best].Name) > 0))
                {
                    best = i;
                }
            }

            owners[slot] = silos[best];
        }

        return owners;
    }
}
