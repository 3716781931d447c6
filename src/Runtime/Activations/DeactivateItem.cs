using Molino.Runtime.CodeGeneration;
using Orleans;

namespace Molino.Runtime.Activations;

/// <summary>Ends an activation, asked for from outside of its turns.</summary>
internal sealed class DeactivateItem(DeactivationReason reason, CancellationToken cancellationToken) : WorkItem
{
    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => ((Activation)host).Deactivate(reason, cancellationToken);
}
