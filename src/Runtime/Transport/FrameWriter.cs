using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Wire;
using Orleans.Serialization;

namespace Molino.Runtime.Transport;

/// <summary>Writes messages as frames into one buffer, many of them per flush. Used by the sending loop only.</summary>
/// <param name="link">The connection.</param>
/// <param name="pending">The calls sent on it.</param>
/// <param name="owner">Writes calls, and answers those that cannot be written.</param>
/// <param name="codecs">The codecs.</param>
/// <param name="largest">The largest body of a frame.</param>
internal sealed class FrameWriter(Link link, PendingCalls pending, ILinkOwner owner, CodecProvider codecs, int largest) : IDisposable
{
    private const int LargestBufferKept = 1024 * 1024;

    private readonly WireWriter _writer = new(codecs);

    /// <summary>Gets the number of bytes written.</summary>
    public int Length => _writer.Length;

    /// <summary>Gets the frames written.</summary>
    public ReadOnlyMemory<byte> Written => _writer.WrittenMemory;

    /// <summary>Forgets the frames written.</summary>
    public void Clear() => _writer.Trim(LargestBufferKept);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Writes a message. One that cannot be written fails its own call.</summary>
    /// <param name="message">The message.</param>
    public void Write(in Outbound message)
    {
        var start = _writer.Length;
        _writer.Rewind(start);
        _writer.Take(Frames.HeaderLength);
        switch (message.Type)
        {
            case FrameType.Request:
                WriteRequest((GrainRequest)message.Payload!, start);
                break;
            case FrameType.Response:
                WriteResponse(message, start);
                break;
            case FrameType.Cancel:
                _writer.Varint(message.Id);
                break;
            default:
                ((byte[]?)message.Payload)?.CopyTo(_writer.Take(((byte[])message.Payload).Length));
                break;
        }

        if (_writer.Length > start)
        {
            Frames.WriteHeader(_writer.At(start, Frames.HeaderLength), message.Type, _writer.Length - start - Frames.HeaderLength);
        }
    }

    private void WriteRequest(GrainRequest request, int start)
    {
        var id = pending.Add(request, link);

        // Pairs with the canceller, which answers first and then looks for the carrier: one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (id != 0 && request.IsAnswered)
        {
            pending.Take(id);
            _writer.Rewind(start);
            return;
        }

        try
        {
            owner.WriteRequest(_writer, request, id);
            CheckSize(start, request.Method.ToString());
        }
#pragma warning disable CA1031 // What cannot be written fails its own call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _writer.Rewind(start);
            pending.Take(id);
            owner.OnFailure(request, error);
        }
    }

    private void WriteResponse(in Outbound message, int start)
    {
        try
        {
            WriteOutcome(message);
            CheckSize(start, "An answer");
        }
#pragma warning disable CA1031 // What cannot be written fails its own call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _writer.Rewind(start + Frames.HeaderLength);
            WriteOutcome(message with { Payload = new SerializerException($"The outcome cannot be sent: {error.Message}") });
        }
    }

    private void WriteOutcome(in Outbound message)
    {
        _writer.Varint(message.Id);
        if (message.Payload is GrainRequest request)
        {
            request.WriteOutcome(_writer);
        }
        else
        {
            _writer.Byte(1);
            _writer.Value((Exception)message.Payload!);
        }
    }

    private void CheckSize(int start, string what)
    {
        var size = _writer.Length - start - Frames.HeaderLength;
        if (size > largest)
        {
            throw new SerializerException($"{what} takes {size} bytes, more than TransportOptions.MaxFrameBytes ({largest}). Send it in parts.");
        }
    }
}
