using System.Buffers.Text;
using System.Text;

namespace Molino.Storage.Redis.Connections;

/// <summary>Arguments in the form of the protocol (RESP): byte strings with their lengths. Grows as they are added.</summary>
internal sealed class RespArguments(int capacity = 256)
{
    private byte[] _bytes = new byte[Math.Max(64, capacity)];
    private int _end;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>As they are sent; valid until the next is added.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _end);

    public RespArguments Add(ReadOnlySpan<byte> value)
    {
        Begin(value.Length);
        value.CopyTo(_bytes.AsSpan(_end));
        _end += value.Length;
        End();
        return this;
    }

    public RespArguments Add(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Begin(count);
        _end += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_end));
        End();
        return this;
    }

    public RespArguments Add(long value)
    {
        Span<byte> text = stackalloc byte[24];
        Utf8Formatter.TryFormat(value, text, out var count);
        return Add(text[..count]);
    }

    public RespArguments Add(RespArguments others)
    {
        var bytes = others.Written;
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
        Count += others.Count;
        return this;
    }

    public void Clear() => (_end, Count) = (0, 0);

    private void Begin(int length)
    {
        Reserve(length + 24);
        _bytes[_end++] = (byte)'$';
        Utf8Formatter.TryFormat(length, _bytes.AsSpan(_end), out var digits);
        _end += digits;
        EndLine();
    }

    private void End()
    {
        EndLine();
        Count++;
    }

    private void EndLine()
    {
        _bytes[_end++] = (byte)'\r';
        _bytes[_end++] = (byte)'\n';
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _end < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + more));
    }
}
