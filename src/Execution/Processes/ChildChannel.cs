using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Processes;

/// <summary>The silo's side of the pipes to a child runner. Sends may come from several threads; one reads.</summary>
internal sealed class ChildChannel(Stream input, Stream output) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _prefix = new byte[FrameCodec.PrefixLength];

    public void Dispose()
    {
        _sending.Dispose();
        input.Dispose();
        output.Dispose();
    }

    /// <summary>Sends a frame; waits while the child does not read.</summary>
    /// <returns>False when the child's end is closed: it is gone, which its reader notices, too.</returns>
    internal async Task<bool> SendAsync<THeader>(FrameKind kind, uint call, THeader header, JsonTypeInfo<THeader> type, ReadOnlyMemory<byte> body = default)
    {
        var head = FrameCodec.EncodeHead(kind, call, JsonSerializer.SerializeToUtf8Bytes(header, type), body.Length);
        try
        {
            await _sending.WaitAsync().ConfigureAwait(false);
            try
            {
                await input.WriteAsync(head).ConfigureAwait(false);
                if (!body.IsEmpty) await input.WriteAsync(body).ConfigureAwait(false);
                await input.FlushAsync().ConfigureAwait(false);
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Tells the child that there is no more to do: its input ends.</summary>
    internal void CloseInput() => input.Dispose();

    /// <summary>Reads the next frame; null when the child closed its end.</summary>
    /// <exception cref="InvalidDataException">What came is no frame.</exception>
    internal async Task<Frame?> ReadAsync()
    {
        try
        {
            await output.ReadExactlyAsync(_prefix).ConfigureAwait(false);
            var (length, headerLength) = FrameCodec.DecodePrefix(_prefix);
            var rest = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
            await output.ReadExactlyAsync(rest).ConfigureAwait(false);
            return FrameCodec.Decode(_prefix, rest, headerLength);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }
}
