using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Runner;

/// <summary>The child's side of the pipes to its silo. Sends may come from several threads and wait while the silo does not read; one thread reads.</summary>
internal sealed class RunnerChannel(Stream fromSilo, Stream toSilo)
{
    private readonly Lock _sending = new();
    private readonly byte[] _prefix = new byte[FrameCodec.PrefixLength];

    /// <summary>Sends a frame.</summary>
    internal void Send<THeader>(FrameKind kind, uint call, THeader header, JsonTypeInfo<THeader> type, ReadOnlySpan<byte> body = default) =>
        SendRaw(kind, call, JsonSerializer.SerializeToUtf8Bytes(header, type), body);

    /// <summary>Sends a frame that has no header.</summary>
    internal void Send(FrameKind kind, ReadOnlySpan<byte> body) => SendRaw(kind, 0, default, body);

    /// <summary>Reads the next frame; null when the silo closed its end or is gone.</summary>
    internal Frame? Read()
    {
        try
        {
            fromSilo.ReadExactly(_prefix);
            var (length, headerLength) = FrameCodec.DecodePrefix(_prefix);
            var rest = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
            fromSilo.ReadExactly(rest);
            return FrameCodec.Decode(_prefix, rest, headerLength);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void SendRaw(FrameKind kind, uint call, ReadOnlyMemory<byte> header, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, FrameCodec.MaxBody, nameof(body));
        var head = FrameCodec.EncodeHead(kind, call, header, body.Length);
        lock (_sending)
        {
            try
            {
                toSilo.Write(head);
                toSilo.Write(body);
            }
            catch (IOException)
            {
                // The silo is gone; the reading thread notices it as well and ends this process.
            }
        }
    }
}
