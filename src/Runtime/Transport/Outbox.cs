using System.Collections.Concurrent;
using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Transport;

/// <summary>Messages that wait to be sent, in order. Adding takes no lock; taking does, so that a sweep for late calls and a sender never take one message for another.</summary>
/// <param name="options">How many may wait, and for how long.</param>
/// <param name="time">The clock.</param>
internal sealed class Outbox(TransportOptions options, TimeProvider time)
{
    private readonly ConcurrentQueue<Outbound> _messages = new();
    private readonly Lock _taking = new();
    private int _count;

    /// <summary>Gets a value indicating whether nothing waits.</summary>
    public bool IsEmpty => _messages.IsEmpty;

    /// <summary>Gets a value indicating whether as many wait as may.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= options.MaxWaitingMessages;

    /// <summary>Adds a message, unless it is a call and too many wait.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when too many wait.</returns>
    public bool TryAdd(in Outbound message)
    {
        if (Interlocked.Increment(ref _count) > options.MaxWaitingMessages && message.Type == FrameType.Request)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _messages.Enqueue(message);
        return true;
    }

    /// <summary>Adds a message that was counted where it waited before, however many wait here.</summary>
    /// <param name="message">The message.</param>
    public void Add(in Outbound message)
    {
        Interlocked.Increment(ref _count);
        _messages.Enqueue(message);
    }

    /// <summary>Takes the first message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when nothing waits.</returns>
    public bool TryTake(out Outbound message)
    {
        lock (_taking)
        {
            if (!_messages.TryDequeue(out message))
            {
                return false;
            }
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Takes all messages.</summary>
    /// <returns>The messages.</returns>
    public List<Outbound> TakeAll()
    {
        var all = new List<Outbound>();
        while (TryTake(out var message))
        {
            all.Add(message);
        }

        return all;
    }

    /// <summary>Takes the calls at the front that have waited too long.</summary>
    /// <returns>The calls.</returns>
    public List<GrainRequest> TakeLate()
    {
        var late = new List<GrainRequest>();
        lock (_taking)
        {
            while (_messages.TryPeek(out var first)
                && first is { Type: FrameType.Request, Payload: GrainRequest request }
                && time.GetElapsedTime(first.Since) > options.SendTimeout)
            {
                _messages.TryDequeue(out _);
                Interlocked.Decrement(ref _count);
                late.Add(request);
            }
        }

        return late;
    }
}
