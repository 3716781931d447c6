using Molino.Storage;
using Molino.Streams;

namespace Molino.Hosting;

/// <summary>Reads a large result's parts as one stream; one part is in memory at a time.</summary>
internal sealed class ChunkStream(IAsyncEnumerable<ResultChunk> chunks) : ReadOnlyStream
{
    private readonly IAsyncEnumerator<ResultChunk> _chunks = chunks.GetAsyncEnumerator();
    private ReadOnlyMemory<byte> _part;

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
