using System.Buffers.Text;
using System.Diagnostics;

namespace Molino.Storage.Redis.Connections;

/// <summary>
/// One connection. Commands are sent in the order given and answered in that order; many may be under way. A command that is not answered in time ends the
/// connection: what was under way on it fails, nothing is ever sent twice.
/// </summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly TimeSpan _timeout;
    private readonly Action<byte[]>? _onMessage;
    private readonly Queue<Pending> _pending = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<Exception> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Timer _watch;
    private byte[] _filling = new byte[16 * 1024];
    private byte[] _sending = new byte[16 * 1024];
    private int _filled;
    private bool _isSending;
    private bool _isWatched;
    private Exception? _failure;

    /// <summary>Speaks over a stream.</summary>
    /// <param name="stream">Connected; owned from now on.</param>
    /// <param name="timeout">How long a reply may take.</param>
    /// <param name="onMessage">Takes what is published on channels that this connection subscribes to; null for a connection that subscribes to none.</param>
    public RespConnection(Stream stream, TimeSpan timeout, Action<byte[]>? onMessage = null)
    {
        _stream = stream;
        _timeout = timeout;
        _onMessage = onMessage;
        _watch = new Timer(static self => ((RespConnection)self!).Watch(), this, Timeout.Infinite, Timeout.Infinite);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends, with the reason, when the connection has ended.</summary>
    public Task<Exception> Ended => _ended.Task;

    /// <summary>Sends a command.</summary>
    /// <returns>The reply, errors included.</returns>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    public Task<Reply> SendAsync(RespCommand command) =>
        TrySend(command, out var reply) ? reply : Task.FromException<Reply>(new ConnectionLostException(_failure?.Message ?? "The connection has ended.", _failure));

    /// <summary>Sends a command, unless the connection has ended.</summary>
    /// <returns>False when the connection has ended; nothing was sent then.</returns>
    public bool TrySend(RespCommand command, out Task<Reply> reply)
    {
        var pending = new Pending();
        reply = pending.Task;
        lock (_gate)
        {
            if (_failure is not null) return false;
            _pending.Enqueue(pending);
            Append(command);
            if (!_isWatched) _isWatched = WatchSoon();
            if (_isSending) return true;
            _isSending = true;
        }

        _ = FlushAsync();
        return true;
    }

    /// <summary>Ends the connection; what is under way fails.</summary>
    public void Abort(Exception reason)
    {
        Pending[] lost;
        lock (_gate)
        {
            if (_failure is not null) return;
            _failure = reason;
            lost = [.. _pending];
            _pending.Clear();
        }

        _end.Cancel();
        _stream.Dispose();
        foreach (var pending in lost) pending.TrySetException(new ConnectionLostException(reason.Message, reason) { MaybeSent = true });
        _ended.TrySetResult(reason);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Abort(new IOException("The connection was closed."));
        await _reading.ConfigureAwait(false);
        await _watch.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private void Append(RespCommand command)
    {
        var bytes = command.Written;
        if (_filling.Length - _filled < bytes.Length + 16) Array.Resize(ref _filling, Math.Max(_filling.Length * 2, _filled + bytes.Length + 16));
        _filling[_filled++] = (byte)'*';
        Utf8Formatter.TryFormat(command.Count, _filling.AsSpan(_filled), out var digits);
        _filled += digits;
        "\r\n"u8.CopyTo(_filling.AsSpan(_filled));
        _filled += 2;
        bytes.CopyTo(_filling.AsSpan(_filled));
        _filled += bytes.Length;
    }

    private async Task FlushAsync()
    {
        try
        {
            while (TakeFilled(out var count)) await _stream.WriteAsync(_sending.AsMemory(0, count), _end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Abort(error);
        }
    }

    private bool TakeFilled(out int count)
    {
        lock (_gate)
        {
            count = _filled;
            if (count == 0 || _failure is not null)
            {
                _isSending = false;
                return false;
            }

            (_filling, _sending) = (_sending.Length > 1 << 20 ? new byte[16 * 1024] : _sending, _filling);
            _filled = 0;
            return true;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var reader = new ReplyReader(_stream);
            while (true)
            {
                var reply = await reader.ReadAsync(_end.Token).ConfigureAwait(false);
                if (_onMessage is not null && IsMessage(reply))
                {
                    _onMessage(reply.Items[2].Bytes);
                    continue;
                }

                Pending? pending;
                lock (_gate) _pending.TryDequeue(out pending);
                pending?.TrySetResult(reply);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Abort(error);
        }
    }

    /// <summary>What is published comes unasked, between replies: <c>message, channel, bytes</c>.</summary>
    private static bool IsMessage(Reply reply) => reply is { Kind: ReplyKind.List, Items: [{ Kind: ReplyKind.Bytes } kind, _, _] } && kind.Bytes.AsSpan().SequenceEqual("message"u8);

    private bool WatchSoon() => _watch.Change(_timeout / 8, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the connection where the oldest command under way has waited too long. While none is under way nothing watches: an idle connection costs nothing.</summary>
    private void Watch()
    {
        lock (_gate)
        {
            _isWatched = _pending.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) <= _timeout && WatchSoon();
            if (_isWatched || oldest is null) return;
        }

        Abort(new TimeoutException($"Redis did not answer within {_timeout.TotalSeconds:0.#} s."));
    }

    /// <summary>A command under way.</summary>
    private sealed class Pending() : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Since { get; } = Stopwatch.GetTimestamp();
    }
}
