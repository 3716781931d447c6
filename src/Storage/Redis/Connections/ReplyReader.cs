using System.Buffers.Text;
using System.Text;

namespace Molino.Storage.Redis.Connections;

/// <summary>Reads replies from a stream.</summary>
internal sealed class ReplyReader(Stream stream)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads one reply.</summary>
    /// <exception cref="IOException">The stream ended, or speaks another protocol.</exception>
    public async ValueTask<Reply> ReadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = FindLine()) < 0) await FillAsync(cancellationToken).ConfigureAwait(false);
        var kind = _buffer[_start];
        var line = _buffer.AsSpan(_start + 1, end - _start - 1);
        if (kind is (byte)'+' or (byte)'-')
        {
            var text = Encoding.UTF8.GetString(line);
            _start = end + 2;
            return kind == '+' ? Reply.OfStatus(text) : Reply.OfError(text);
        }

        if (!Utf8Parser.TryParse(line, out long number, out var used) || used != line.Length) throw Foreign();
        _start = end + 2;
        return kind switch
        {
            (byte)':' => Reply.OfNumber(number),
            (byte)'$' => number < 0 ? Reply.Null : Reply.OfBytes(await ReadBytesAsync((int)number, cancellationToken).ConfigureAwait(false)),
            (byte)'*' => number < 0 ? Reply.Null : Reply.OfItems(await ReadItemsAsync((int)number, cancellationToken).ConfigureAwait(false)),
            _ => throw Foreign(),
        };
    }

    private static IOException Foreign() => new("The server does not speak the protocol of Redis.");

    private async ValueTask<Reply[]> ReadItemsAsync(int count, CancellationToken cancellationToken)
    {
        var items = count == 0 ? [] : new Reply[count];
        for (var i = 0; i < count; i++)
        {
            // The usual item is a byte string that lies in the buffer whole: read without a state machine of its own.
            if (!TryReadBuffered(out items[i])) items[i] = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return items;
    }

    private bool TryReadBuffered(out Reply reply)
    {
        reply = default;
        var end = FindLine();
        if (end < 0 || _buffer[_start] != '$' || !Utf8Parser.TryParse(_buffer.AsSpan(_start + 1, end - _start - 1), out int count, out _)) return false;
        if (count < 0)
        {
            _start = end + 2;
            return true;
        }

        if (_end - end - 4 < count) return false;
        reply = Reply.OfBytes(_buffer.AsSpan(end + 2, count).ToArray());
        _start = end + 4 + count;
        return true;
    }

    private async ValueTask<byte[]> ReadBytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var have = Math.Min(count, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(bytes);
        _start += have;
        if (have < count) await stream.ReadExactlyAsync(bytes.AsMemory(have), cancellationToken).ConfigureAwait(false);
        while (_end - _start < 2) await FillAsync(cancellationToken).ConfigureAwait(false);
        _start += 2;
        return bytes;
    }

    private int FindLine()
    {
        var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        return at < 1 ? -1 : _start + at - 1;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0) throw new EndOfStreamException("The server closed the connection.");
        _end += read;
    }
}
