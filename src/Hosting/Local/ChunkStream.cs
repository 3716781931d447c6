using Molino.Storage;
using Molino.Streams;

namespace Molino.Hosting;

/// <summary>Reads a large result's parts as one stream; one part is in memory at a time.</summary>
internal sealed class ChunkStream : ReadOnlyStream
{
    private readonly IAsyncEnumerator<ResultChunk> _chunks;
    private ReadOnlyMemory<byte> _part;

    private ChunkStream(IAsyncEnumerator<ResultChunk> chunks) => (_chunks, _part) = (chunks, chunks.Current.Data);

    /// <summary>Opens a stream by reading its first part, so that parts that are gone, or a store that fails, can still be told.</summary>
    /// <returns>The stream; null when there are no parts.</returns>
    public static async Task<ChunkStream?> OpenAsync(IAsyncEnumerable<ResultChunk> parts)
    {
        var chunks = parts.GetAsyncEnumerator();
        var isOpen = false;
        try
        {
            isOpen = await chunks.MoveNextAsync().ConfigureAwait(false);
            return isOpen ? new ChunkStream(chunks) : null;
        }
        finally
        {
            if (!isOpen) await chunks.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_part.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await _chunks.MoveNextAsync().ConfigureAwait(false)) return 0;
            _part = _chunks.Current.Data;
        }

        var count = Math.Min(buffer.Length, _part.Length);
        _part[..count].CopyTo(buffer);
        _part = _part[count..];
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
