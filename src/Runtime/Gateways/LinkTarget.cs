using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Transport;
using Orleans.Runtime;

namespace Molino.Runtime.Gateways;

/// <summary>Where calls to the observers of a client go.</summary>
/// <param name="link">The connection.</param>
/// <param name="time">The clock.</param>
internal sealed class LinkTarget(Link link, TimeProvider time) : GrainTarget
{
    /// <inheritdoc/>
    public override bool IsGone => link.IsClosed;

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        if (!link.TrySend(new Outbound(FrameType.Request, request, 0, time.GetTimestamp())))
        {
            throw new ClientNotAvailableException($"{link.Other} has disconnected.");
        }
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
    }
}
