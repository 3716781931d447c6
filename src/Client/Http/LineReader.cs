namespace Molino.Client;

/// <summary>Reads a stream in chunks of whole lines; a line longer than a chunk comes whole.</summary>
internal sealed class LineReader(Stream stream, int chunkBytes)
{
    private byte[] _buffer = new byte[chunkBytes];
    private int _length;

    /// <summary>Reads the next whole lines; empty at the end.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var count = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (count == 0) return Take(_length);
            var end = _buffer.AsSpan(_length, count).LastIndexOf((byte)'\n');
            var lines = end < 0 ? 0 : _length + end + 1;
            _length += count;
            if (lines > 0) return Take(lines);
        }
    }

    private byte[] Take(int count)
    {
        var taken = _buffer.AsSpan(0, count).ToArray();
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        return taken;
    }
}
