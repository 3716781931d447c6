using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Wire;
using Orleans.Runtime;

namespace Molino.Runtime.Transport;

/// <summary>
/// An open connection. Any thread may send; messages are written one after the other by a work item that runs while there are any,
/// many of them per flush. Responses find their calls by number.
/// </summary>
#pragma warning disable CA1001 // The writer is disposed at the end of the connection; its token may be asked for even later.
internal sealed class Link : IThreadPoolWorkItem
#pragma warning restore CA1001
{
    private const int FlushAt = 64 * 1024;
    private const int KeepAlivesMissed = 3;

    private readonly IDuplexPipe _pipe;
    private readonly ILinkOwner _owner;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly FrameWriter _writer;
    private readonly CodecProvider _codecs;
    private readonly Outbox _outbox;
    private readonly ReadingPace _pace;
    private readonly PendingCalls _pending = new();
    private readonly ConcurrentDictionary<ulong, GrainRequest> _cancellable = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _reason;
    private int _sending;
    private long _lastReceived;
    private volatile bool _hasEnded;

    public Link(IDuplexPipe pipe, Introduction other, ILinkOwner owner, TransportOptions options, CodecProvider codecs, TimeProvider time)
    {
        _pipe = pipe;
        _owner = owner;
        _options = options;
        _codecs = codecs;
        _time = time;
        _outbox = new Outbox(options, time);
        _pace = new ReadingPace(_outbox);
        _writer = new FrameWriter(this, _pending, owner, codecs, options.MaxFrameBytes);
        _lastReceived = time.GetTimestamp();
        Other = other;
    }

    /// <summary>Gets the other side.</summary>
    public Introduction Other { get; }

    /// <summary>Gets or sets what the owner keeps with the connection.</summary>
    public object? Tag { get; set; }

    /// <summary>Gets a value indicating whether the connection has ended or is about to.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>Gets a value indicating whether nothing waits to be sent.</summary>
    public bool IsIdle => Volatile.Read(ref _sending) == 0 && _outbox.IsEmpty;

    /// <summary>Gets a value indicating whether calls wait to be sent or to be answered.</summary>
    public bool HasCalls => !IsIdle || !_pending.IsEmpty;

    /// <summary>Queues a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when the connection has ended.</returns>
    /// <exception cref="LimitExceededException">Too many messages wait.</exception>
    public bool TrySend(in Outbound message)
    {
        if (IsClosed)
        {
            return false;
        }

        if (!_outbox.TryAdd(message))
        {
            throw new LimitExceededException($"{_options.MaxWaitingMessages} messages wait to be sent to {Other}: it reads too slowly, or too much is sent. Try again later.");
        }

        OnQueued();
        return true;
    }

    /// <summary>Queues a message that waited for the connection, however many wait: it was counted when it began to.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when the connection has ended.</returns>
    public bool TrySendEarly(in Outbound message)
    {
        if (IsClosed)
        {
            return false;
        }

        _outbox.Add(message);
        OnQueued();
        return true;
    }

    /// <summary>Forgets a call whose caller has given up.</summary>
    /// <param name="id">The number of the call.</param>
    public void Forget(ulong id) => _pending.Take(id);

    /// <summary>Remembers a call from the other side while it can be cancelled.</summary>
    /// <param name="id">The number of the call.</param>
    /// <param name="request">The call.</param>
    public void RememberCancellable(ulong id, GrainRequest request) => _cancellable[id] = request;

    /// <summary>Takes a call that the other side has sent.</summary>
    /// <param name="id">The number of the call.</param>
    /// <returns>The call, or null when it has ended.</returns>
    public GrainRequest? TakeCancellable(ulong id) => _cancellable.TryRemove(id, out var request) ? request : null;

    /// <summary>Ends the connection.</summary>
    /// <param name="reason">Why; pending calls fail with it.</param>
    public void Close(Exception reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _closed.Cancel();
    }

    /// <summary>Receives until the connection ends, then fails all pending calls.</summary>
    /// <returns>Why the connection ended.</returns>
    public async Task<Exception> RunAsync()
    {
        await using var keepAlive = _time.CreateTimer(static self => ((Link)self!).KeepAlive(), this, _options.KeepAlivePeriod, _options.KeepAlivePeriod);
        try
        {
            await ReceiveAsync(_closed.Token);
            Close(new EndOfStreamException("the other side closed the connection"));
        }
#pragma warning disable CA1031 // Whatever ends the connection is the error of its calls.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Close(error);
        }

        await EndAsync();
        return _reason!;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = SendAllAsync();

    private void OnQueued()
    {
        if (_hasEnded)
        {
            // It came behind the last look at the queue: nobody else would see it.
            _owner.OnClosed(this, _outbox.TakeAll());
        }
        else if (Interlocked.Exchange(ref _sending, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (true)
            {
                while (_outbox.TryTake(out var message))
                {
                    _writer.Write(message);
                    if (_writer.Length >= FlushAt)
                    {
                        await FlushAsync();
                    }
                }

                _pace.OnSent();
                if (_writer.Length > 0)
                {
                    await FlushAsync();
                    continue;
                }

                Volatile.Write(ref _sending, 0);
                Interlocked.MemoryBarrier();
                if (_outbox.IsEmpty || Interlocked.Exchange(ref _sending, 1) != 0)
                {
                    break;
                }
            }
        }
#pragma warning disable CA1031 // A connection that cannot be written to ends, with its calls.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Close(error);
            _sent.TrySetResult();
            return;
        }

        // Only who holds the flag may say that nobody writes any more: another loop may have begun since this one let go of it.
        if (IsClosed && Interlocked.Exchange(ref _sending, 1) == 0)
        {
            _sent.TrySetResult();
        }
    }

    private async ValueTask FlushAsync()
    {
        var result = await _pipe.Output.WriteAsync(_writer.Written, _closed.Token);
        _writer.Clear();
        _pace.OnSent();
        if (_pace.IsHeld)
        {
            Volatile.Write(ref _lastReceived, _time.GetTimestamp()); // that it takes what is sent shows that it lives, while nothing is read from it
        }

        if (result.IsCompleted)
        {
            throw new EndOfStreamException("the other side closed the connection");
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Other.IsClient)
            {
                await _pace.WhenRoomAsync(cancellationToken);
            }

            var read = await _pipe.Input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (Frames.TryTake(ref buffer, _options.MaxFrameBytes, out var type, out var body))
            {
                Receive(type, body);
            }

            Volatile.Write(ref _lastReceived, _time.GetTimestamp());
            _pipe.Input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private void Receive(FrameType type, in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            Receive(type, body.FirstSpan);
            return;
        }

        var length = (int)body.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(copy);
        Receive(type, copy.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(copy);
    }

    private void Receive(FrameType type, ReadOnlySpan<byte> body)
    {
        if (type == FrameType.Response)
        {
            _pending.End(body, _codecs, _owner);
        }
        else if (type != FrameType.KeepAlive)
        {
            _owner.OnFrame(this, type, body);
        }
    }

    private void KeepAlive()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lastReceived)) > _options.KeepAlivePeriod * KeepAlivesMissed)
        {
            Close(new TimeoutException($"nothing came from {Other} for {_options.KeepAlivePeriod * KeepAlivesMissed}"));
            return;
        }

        foreach (var late in _outbox.TakeLate())
        {
            _owner.OnFailure(late, new LimitExceededException($"A call waited longer than {_options.SendTimeout} to be sent to {Other}, which reads too slowly. Try again later."));
        }

        TrySend(new Outbound(FrameType.KeepAlive, null, 0, _time.GetTimestamp()));
    }

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _sending, 1) != 0)
        {
            await _sent.Task;
        }

        _hasEnded = true;
        Interlocked.MemoryBarrier();
        var unsent = _outbox.TakeAll();
        foreach (var request in _pending.TakeAll())
        {
            _owner.OnFailure(request, new SiloUnavailableException($"The connection to {Other} broke while {request.Method} of {request.Target?.GrainId} was under way: {_reason!.Message}. It may or may not have had an effect.", _reason));
        }

        _owner.OnClosed(this, unsent);
        await _pipe.Input.CompleteAsync();
        await _pipe.Output.CompleteAsync();
        _writer.Dispose();
    }
}
