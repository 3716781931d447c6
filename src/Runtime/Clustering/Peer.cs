using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<Outbound> _early = new();
    private volatile Link? _link;
    private volatile bool _isGone;

    /// <summary>Gets the silo.</summary>
    public ClusterMember Member { get; private set; } = member;

    /// <summary>Gets name and incarnation.</summary>
    public SiloKey Key { get; } = member.Key;

    /// <summary>Gets the connection, or null.</summary>
    public Link? Link => _link;

    /// <summary>Gets or sets the last version by which the silo has handed its slots over.</summary>
    public long HandedOver { get; set; }

    /// <summary>Gets a value indicating whether the silo was removed.</summary>
    public bool IsGone => _isGone;

    /// <summary>Notes that the silo's entry has changed.</summary>
    /// <param name="changed">The entry.</param>
    public void Update(ClusterMember changed) => Member = changed;

    /// <summary>Sends a message, or keeps it until there is a connection.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="LimitExceededException">Too many messages wait.</exception>
    public void Send(in Outbound message)
    {
        if (_link is { } link && link.TrySend(message))
        {
            return;
        }

        if (_early.Count >= cluster.Transport.MaxWaitingMessages)
        {
            throw new LimitExceededException($"{_early.Count} messages wait for a connection to silo {Key}. Try again later.");
        }

        _early.Enqueue(message);
        if (_isGone)
        {
            ReturnEarly();
        }
        else if (_link is { IsClosed: false } present)
        {
            SendEarly(present);
        }
    }

    /// <summary>Takes a new connection into use.</summary>
    /// <param name="link">The connection.</param>
    public void Attach(Link link)
    {
        _link = link;
        SendEarly(link);
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
        Interlocked.CompareExchange(ref _link, null, link);
        foreach (var message in unsent.Where(message => message.Type == FrameType.Request))
        {
            _early.Enqueue(message);
        }

        if (_isGone)
        {
            ReturnEarly();
        }
    }

    /// <summary>Fails the calls that have waited too long for a connection.</summary>
    public void FailLate()
    {
        while (_early.TryPeek(out var first) && cluster.Time.GetElapsedTime(first.Since) > cluster.Transport.SendTimeout && _early.TryDequeue(out var late))
        {
            if (late.Payload is GrainRequest request)
            {
                cluster.OnFailure(request, new SiloUnavailableException($"There was no connection to silo {Key} at {Member.Address} for {cluster.Transport.SendTimeout}; {request.Method} was not sent."));
            }
        }
    }

    /// <summary>The silo was removed: pending calls fail, those not sent go to the new owners.</summary>
    public void Remove()
    {
        _isGone = true;
        _link?.Close(new SiloUnavailableException($"silo {Key} was removed from the cluster"));
        ReturnEarly();
    }

    private void SendEarly(Link link)
    {
        while (_early.TryDequeue(out var message))
        {
            if (!link.TrySend(message))
            {
                _early.Enqueue(message);
                return;
            }
        }
    }

    private void ReturnEarly()
    {
        while (_early.TryDequeue(out var message))
        {
            if (message.Payload is GrainRequest request)
            {
                cluster.Redirect(request);
            }
        }
    }
}
