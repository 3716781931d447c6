using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Turns;

/// <summary>The rest of something that a grain awaited.</summary>
internal sealed class ContinuationItem(SendOrPostCallback callback, object? state) : WorkItem
{
    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => callback(state);
}
