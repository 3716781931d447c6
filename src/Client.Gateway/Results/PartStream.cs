namespace Molino.Client.Gateway;

/// <summary>A result's parts as one stream, read while they come.</summary>
internal sealed class PartStream : Stream
{
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _parts;
    private ReadOnlyMemory<byte> _part;
    private int _isDisposed;

    /// <summary>Makes a stream.</summary>
    /// <param name="read">Reads the parts; its token is cancelled when the stream is disposed.</param>
    public PartStream(Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read) => _parts = read(_end.Token).GetAsyncEnumerator(_end.Token);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_part.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await MoveNextAsync(cancellationToken).ConfigureAwait(false)) return 0;
            _part = _parts.Current;
        }

        var count = Math.Min(buffer.Length, _part.Length);
        _part[..count].CopyTo(buffer);
        _part = _part[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await _parts.DisposeAsync().ConfigureAwait(false);
            _end.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Volatile.Read(ref _isDisposed) == 0) _end.Cancel(); // the gateway ends the stream when it is no longer read
        base.Dispose(disposing);
    }

    /// <summary>A read that is cancelled ends the stream: what would have come is lost.</summary>
    private async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        using var _ = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        try
        {
            return await _parts.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
