using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Transport;

/// <summary>Where messages to another side go: over the connection while there is one, else they wait for the next.</summary>
/// <param name="options">How many may wait, and for how long.</param>
/// <param name="time">The clock.</param>
internal sealed class LinkSlot(TransportOptions options, TimeProvider time)
{
    private readonly Outbox _early = new(options, time);
    private volatile Link? _link;

    /// <summary>Gets the connection, or null.</summary>
    public Link? Link => _link;

    /// <summary>Sends a message, or keeps it until there is a connection.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when too many wait for a connection.</returns>
    /// <exception cref="Orleans.Runtime.LimitExceededException">Too many wait for the connection to send them.</exception>
    public bool TrySend(in Outbound message)
    {
        if (_link is { } link && link.TrySend(message))
        {
            return true;
        }

        if (!_early.TryAdd(message))
        {
            return false;
        }

        SendEarly();
        return true;
    }

    /// <summary>Takes a new connection into use. One that is still there is closed: the other side, which has only one too, opened this instead.</summary>
    /// <param name="link">The connection.</param>
    public void Attach(Link link)
    {
        if (Interlocked.Exchange(ref _link, link) is { } replaced)
        {
            replaced.Close(new IOException($"a newer connection to {link.Other} takes its place"));
        }

        SendEarly();
    }

    /// <summary>Uses a connection no longer.</summary>
    /// <param name="link">The connection.</param>
    public void Detach(Link link) => Interlocked.CompareExchange(ref _link, null, link);

    /// <summary>Takes back the calls that a connection which has ended did not send: they go over the next, which may be here already.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="unsent">All that it did not send.</param>
    public void TakeBack(Link link, IReadOnlyList<Outbound> unsent)
    {
        Detach(link);
        foreach (var message in unsent.Where(message => message.Type == FrameType.Request))
        {
            _early.Add(message);
        }

        SendEarly();
    }

    /// <summary>Takes a message that waits for a connection.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when none waits.</returns>
    public bool TryTakeEarly(out Outbound message) => _early.TryTake(out message);

    /// <summary>Takes the calls that have waited too long for a connection.</summary>
    /// <returns>The calls.</returns>
    public List<GrainRequest> TakeLate() => _early.TakeLate();

    private void SendEarly()
    {
        while (_link is { IsClosed: false } link && _early.TryTake(out var message))
        {
            if (!link.TrySendEarly(message))
            {
                _early.Add(message); // behind the others; the next connection, if it is here by now, takes it in the next round
            }
        }
    }
}
