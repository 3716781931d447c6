using System.Collections.Concurrent;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Wire;
using Orleans.Serialization;

namespace Molino.Runtime.Transport;

/// <summary>The calls sent on one connection that have no outcome yet, by number.</summary>
internal sealed class PendingCalls
{
    private readonly ConcurrentDictionary<ulong, GrainRequest> _calls = new();
    private ulong _lastId;

    /// <summary>Gets a value indicating whether there are none.</summary>
    public bool IsEmpty => _calls.IsEmpty;

    /// <summary>Adds a call. Used by the sending loop only.</summary>
    /// <param name="request">The call.</param>
    /// <param name="carrier">The connection.</param>
    /// <returns>Its number; 0 for one-way calls, which have no outcome.</returns>
    public ulong Add(GrainRequest request, Link carrier)
    {
        if (request.IsOneWay)
        {
            return 0;
        }

        var id = ++_lastId;
        _calls[id] = request;
        request.CarrierId = id;
        request.Carrier = carrier;
        return id;
    }

    /// <summary>Takes a call.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The call, or null when it is not there any more.</returns>
    public GrainRequest? Take(ulong id) => _calls.TryRemove(id, out var request) ? request : null;

    /// <summary>Ends a call with the outcome that came for it, if it still waits for one.</summary>
    /// <param name="response">The body of the frame.</param>
    /// <param name="codecs">The codecs.</param>
    /// <param name="owner">Is told the outcome.</param>
    public void End(ReadOnlySpan<byte> response, CodecProvider codecs, ILinkOwner owner)
    {
        var reader = new WireReader(response, codecs);
        if (Take(reader.Varint()) is not { } request)
        {
            return;
        }

        try
        {
            request.ReadOutcome(ref reader);
        }
#pragma warning disable CA1031 // An outcome that cannot be read fails its own call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            owner.OnFailure(request, error as SerializerException ?? CodecProvider.Unreadable(error));
            return;
        }

        owner.OnOutcome(request);
    }

    /// <summary>Takes all calls.</summary>
    /// <returns>The calls.</returns>
    public List<GrainRequest> TakeAll() => [.. _calls.Keys.Select(Take).OfType<GrainRequest>()];
}
