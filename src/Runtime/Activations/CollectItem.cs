using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Activations;

/// <summary>Ends an activation if it is still idle when its turn comes.</summary>
internal sealed class CollectItem : WorkItem
{
    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => ((Activation)host).CollectOnTurn();
}
