using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;
using Orleans.Runtime;

namespace Molino.Runtime.Clustering;

/// <summary>One life of another silo: its connection while there is one, and the messages that wait for it.</summary>
/// <param name="member">The silo.</param>
/// <param name="cluster">Uses the connection.</param>
internal sealed class Peer(ClusterMember member, Cluster cluster)
{
    private readonly LinkSlot _slot = new(cluster.Transport, cluster.Time);
    private volatile bool _isGone;
    private long _handedOver;

    /// <summary>Gets the silo.</summary>
    public ClusterMember Member { get; private set; } = member;

    /// <summary>Gets name and incarnation.</summary>
    public SiloKey Key { get; } = member.Key;

    /// <summary>Gets the connection, or null.</summary>
    public Link? Link => _slot.Link;

    /// <summary>Gets the last version by which the silo has handed its slots over.</summary>
    public long HandedOver => Volatile.Read(ref _handedOver);

    /// <summary>Gets a value indicating whether the silo was removed.</summary>
    public bool IsGone => _isGone;

    /// <summary>Notes that the silo's entry has changed.</summary>
    /// <param name="changed">The entry.</param>
    public void Update(ClusterMember changed) => Member = changed;

    /// <summary>The silo has handed its slots over. An older version may come after a newer one: whoever tells does not wait for the other.</summary>
    /// <param name="version">By which version.</param>
    public void OnHandedOver(long version)
    {
        for (var known = HandedOver; version > known; known = HandedOver)
        {
            Interlocked.CompareExchange(ref _handedOver, version, known);
        }
    }

    /// <summary>Sends a message, or keeps it until there is a connection.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="LimitExceededException">Too many messages wait.</exception>
    public void Send(in Outbound message)
    {
        if (!_slot.TrySend(message))
        {
            throw new LimitExceededException($"{cluster.Transport.MaxWaitingMessages} messages wait for a connection to silo {Key}. Try again later.");
        }

        if (_isGone)
        {
            ReturnEarly();
        }
    }

    /// <summary>Takes a new connection into use.</summary>
    /// <param name="link">The connection.</param>
    public void Attach(Link link)
    {
        _slot.Attach(link);
        if (_isGone)
        {
            link.Close(new SiloUnavailableException($"silo {Key} was removed from the cluster"));
        }
    }

    /// <summary>A connection has ended: what it did not send waits for the next.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="unsent">What it did not send.</param>
    public void Detach(Link link, IReadOnlyList<Outbound> unsent)
    {
        _slot.TakeBack(link, unsent);
        if (_isGone)
        {
            ReturnEarly();
        }
    }

    /// <summary>Fails the calls that have waited too long for a connection.</summary>
    public void FailLate()
    {
        foreach (var request in _slot.TakeLate())
        {
            cluster.OnFailure(request, new SiloUnavailableException($"There was no connection to silo {Key} at {Member.Address} for {cluster.Transport.SendTimeout}; {request.Method} was not sent."));
        }
    }

    /// <summary>The silo was removed: pending calls fail, those not sent go to the new owners.</summary>
    public void Remove()
    {
        _isGone = true;
        Link?.Close(new SiloUnavailableException($"silo {Key} was removed from the cluster"));
        ReturnEarly();
    }

    private void ReturnEarly()
    {
        while (_slot.TryTakeEarly(out var message))
        {
            if (message.Payload is GrainRequest request)
            {
                cluster.Redirect(request);
            }
        }
    }
}
