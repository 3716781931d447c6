using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Activations;

/// <summary>What the directory holds for a grain: one activation, or the pool of a stateless worker.</summary>
internal abstract class GrainTarget
{
    /// <summary>Gets a value indicating whether references must look the grain up again.</summary>
    public abstract bool IsGone { get; }

    /// <summary>Takes a call. Errors are the call's answer.</summary>
    /// <param name="request">The call.</param>
    public abstract void Receive(GrainRequest request);

    /// <summary>Adds the activations behind this target to a list.</summary>
    /// <param name="activations">The list.</param>
    public abstract void AddActivations(List<Activation> activations);
}
