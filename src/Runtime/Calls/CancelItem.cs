using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Calls;

/// <summary>Cancels the token that a running call was given, on a turn of its activation.</summary>
internal sealed class CancelItem(GrainRequest request) : WorkItem
{
    /// <summary>Cancels a call where it runs: here, or in the process that it was sent to.</summary>
    /// <param name="request">The call.</param>
    public static void Cancel(GrainRequest request)
    {
        Interlocked.MemoryBarrier();
        (request.Executor as Activation)?.Queue.Post(new CancelItem(request));
        if (request.Carrier is Link link)
        {
            link.Forget(request.CarrierId);
            link.TrySend(new Outbound(FrameType.Cancel, null, request.CarrierId, 0));
        }
    }

    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => request.Cancellation?.Cancel();
}
