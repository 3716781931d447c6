using System.Buffers;
using System.IO.Pipelines;

namespace Molino.Runtime.Transport;

/// <summary>Sends and receives single frames while a connection opens.</summary>
/// <param name="pipe">The bytes.</param>
/// <param name="largest">The largest body.</param>
internal sealed class FramePipe(IDuplexPipe pipe, int largest)
{
    /// <summary>Sends a frame.</summary>
    /// <param name="type">The type.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public async Task SendAsync(FrameType type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Frames.WriteHeader(pipe.Output.GetSpan(Frames.HeaderLength), type, body.Length);
        pipe.Output.Advance(Frames.HeaderLength);
        await pipe.Output.WriteAsync(body, cancellationToken);
    }

    /// <summary>Receives a frame.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>Type and body.</returns>
    /// <exception cref="HandshakeException">The other side refuses.</exception>
    /// <exception cref="EndOfStreamException">The other side has closed the connection.</exception>
    public async Task<(FrameType Type, byte[] Body)> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.Input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (Frames.TryTake(ref buffer, largest, out var type, out var body))
            {
                var bytes = body.ToArray();
                pipe.Input.AdvanceTo(buffer.Start);
                return (type, bytes);
            }

            pipe.Input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                throw new EndOfStreamException("The other side closed the connection while it was opened.");
            }
        }
    }
}
