using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Clustering;

/// <summary>Where calls wait while the former owners of a slot still hand it over.</summary>
/// <param name="handOver">Lets them go.</param>
/// <param name="slot">The slot.</param>
internal sealed class WaitingTarget(HandOver handOver, int slot) : GrainTarget
{
    /// <inheritdoc/>
    public override bool IsGone => true;

    /// <inheritdoc/>
    public override void Receive(GrainRequest request) => handOver.Keep(slot, request);

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
    }
}
