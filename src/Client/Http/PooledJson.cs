using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Molino.Client;

/// <summary>A JSON body in a rented buffer that can be sent several times.</summary>
internal sealed class PooledJson : IBufferWriter<byte>, IDisposable
{
    private static readonly MediaTypeHeaderValue MediaType = new("application/json");
    private byte[] _buffer;
    private int _length;
    private int _sending;

    /// <summary>Rents a buffer.</summary>
    /// <param name="capacity">Bytes expected.</param>
    public PooledJson(int capacity = 1024) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Makes content for one request; the request may be disposed, the body stays.</summary>
    public HttpContent ToContent() => new Content(this);

    /// <summary>Returns the buffer, unless a send that was given up may still read it.</summary>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0 && Volatile.Read(ref _sending) == 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 256);
        if (needed <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private sealed class Content : HttpContent
    {
        private readonly PooledJson _body;

        public Content(PooledJson body)
        {
            _body = body;
            Headers.ContentType = MediaType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _body._sending);
            try
            {
                await stream.WriteAsync(_body.Written, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _body._sending);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body._length;
            return true;
        }
    }
}
