using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Transport;

/// <summary>The way back of a call that came over a connection.</summary>
/// <param name="link">The connection.</param>
/// <param name="id">The number of the call there.</param>
internal sealed class InboundCall(Link link, ulong id) : IAnswerSink
{
    private int _isAnswered;

    /// <inheritdoc/>
    public bool IsAnswered => Volatile.Read(ref _isAnswered) != 0;

    /// <inheritdoc/>
    public bool TryAnswer(GrainRequest request) => TrySend(request);

    /// <inheritdoc/>
    public bool TryFail(Exception error) => TrySend(error);

    /// <summary>Drops the answer: the caller has cancelled.</summary>
    public void Drop() => Interlocked.Exchange(ref _isAnswered, 1);

    private bool TrySend(object payload)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
        {
            return false;
        }

        link.TakeCancellable(id);
        link.TrySend(new Outbound(FrameType.Response, payload, id, 0));
        return true;
    }
}
