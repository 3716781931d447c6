using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Calls;

/// <summary>Cancels the token that a running call was given, on a turn of its activation.</summary>
internal sealed class CancelItem(GrainRequest request) : WorkItem
{
    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => request.Cancellation?.Cancel();
}
