using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Observers;
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
        switch (request.Executor)
        {
            case Activation activation:
                activation.Queue.Post(new CancelItem(request));
                break;
            case ObserverTarget:
                request.Cancellation?.CancelElsewhere();
                break;
            default:
                break;
        }

        if (request.Carrier is Link link)
        {
            link.Forget(request.CarrierId);
            link.TrySend(new Outbound(FrameType.Cancel, null, request.CarrierId, 0));
        }
    }

    /// <summary>Cancels a call whose caller, in another process, has given up: nobody waits for its answer any more.</summary>
    /// <param name="request">The call, or null when it has ended.</param>
    /// <param name="tracker">Knows the calls of this process.</param>
    public static void CancelForCaller(GrainRequest? request, CallTracker tracker)
    {
        if (request is null)
        {
            return;
        }

        // No outcome will take a dropped call out of the tracker, as none of them is its answer.
        (request.Sink as InboundCall)?.Drop();
        tracker.Remove(request);
        Cancel(request);
    }

    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => request.Cancellation?.Cancel();
}
