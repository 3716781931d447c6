using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;
using Orleans.Runtime;

namespace Molino.Runtime.Clustering;

/// <summary>Where calls go whose grain another silo owns, as long as the view stays.</summary>
/// <param name="peer">The owner.</param>
/// <param name="view">The view.</param>
/// <param name="cluster">The cluster.</param>
internal sealed class PeerTarget(Peer peer, ClusterView view, Cluster cluster) : GrainTarget
{
    private const int MostHops = 8;

    /// <inheritdoc/>
    public override bool IsGone => !ReferenceEquals(cluster.View, view) || peer.IsGone;

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        if (++request.Hops > MostHops)
        {
            throw new SiloUnavailableException($"{request.Method} of {request.Target?.GrainId} went from silo to silo {MostHops} times and found no owner: the cluster is changing. Try again later.");
        }

        peer.Send(new Outbound(FrameType.Request, request, 0, cluster.Time.GetTimestamp()));
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
    }
}
