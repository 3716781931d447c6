using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Molino.Runtime.Activations;
using Molino.Runtime.Calls;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Gateways;
using Molino.Runtime.Membership;
using Molino.Runtime.Observability;
using Molino.Runtime.Placement;
using Molino.Runtime.Transport;
using Molino.Runtime.Wire;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Molino.Runtime.Clustering;

/// <summary>This silo among others: finds the owner of a grain, and sends and takes calls.</summary>
internal sealed class Cluster : IMembershipListener, ILinkOwner
{
    private static readonly TimeSpan LongestWaitForView = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SiloKey, Peer> _peers = new();
    private readonly ConcurrentDictionary<Peer, PeerTarget> _targets = new();
    private readonly CallFrames _frames;

    public Cluster(Silo silo, IMembership membership, ClusterSettings settings, ClusterLog log)
    {
        Silo = silo;
        Membership = membership;
        Settings = settings;
        Log = log;
        HandOver = new HandOver(this);
        Clients = new ClientDirectory(this);
        _frames = new CallFrames(silo.Catalog, silo.Codecs);
    }

    /// <summary>Gets the silo.</summary>
    public Silo Silo { get; }

    /// <summary>Gets the membership.</summary>
    public IMembership Membership { get; }

    /// <summary>Gets the options.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>Gets the log.</summary>
    public ClusterLog Log { get; }

    /// <summary>Gets the moving of slots.</summary>
    public HandOver HandOver { get; }

    /// <summary>Gets the clients of all gateways.</summary>
    public ClientDirectory Clients { get; }

    /// <summary>Gets the options of connections.</summary>
    public TransportOptions Transport => Settings.Transport;

    /// <summary>Gets the times of the membership.</summary>
    public MembershipOptions MembershipTimes => Settings.Membership;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time => Silo.TimeProvider;

    /// <summary>Gets the newest view.</summary>
    public ClusterView View => Membership.View;

    /// <summary>Gets the other silos.</summary>
    public IEnumerable<Peer> Peers => _peers.Values;

    /// <summary>Gets what keeps connections to the other silos.</summary>
    public PeerConnector? Connector { get; set; }

    /// <summary>Finds where calls to a grain go.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>The target, or null when the grain lives in this silo.</returns>
    /// <exception cref="SiloUnavailableException">No silo owns the grain now.</exception>
    public GrainTarget? Locate(GrainId grainId)
    {
        var view = View;
        var slot = Slot.Of(grainId);
        var owner = view.OwnerOf(slot) ?? throw new SiloUnavailableException($"No silo of the cluster takes calls now; {grainId} has no owner.");
        if (owner.Key == Membership.Key)
        {
            return HandOver.IsClosed(slot) ? new WaitingTarget(HandOver, slot) : null;
        }

        return _peers.TryGetValue(owner.Key, out var peer)
            ? TargetFor(peer, view)
            : throw new SiloUnavailableException($"Silo {owner.Key}, which owns {grainId}, cannot be reached from {Membership.Key} now.");
    }

    /// <summary>Tells whether a grain lives in this silo.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>True when it does.</returns>
    public bool Owns(GrainId grainId) => View.Owns(Slot.Of(grainId), Membership.Key);

    /// <summary>Finds another silo.</summary>
    /// <param name="key">Name and incarnation.</param>
    /// <returns>The silo, or null.</returns>
    public Peer? Find(SiloKey key) => _peers.GetValueOrDefault(key);

    /// <summary>Returns where calls for another silo go.</summary>
    /// <param name="peer">The silo.</param>
    /// <param name="view">The view.</param>
    /// <returns>The target.</returns>
    public PeerTarget TargetFor(Peer peer, ClusterView view)
    {
        var target = _targets.GetOrAdd(peer, static (key, state) => new PeerTarget(key, state.view, state.self), (view, self: this));
        return target.IsGone ? _targets[peer] = new PeerTarget(peer, view, this) : target;
    }

    /// <summary>Returns where calls for another silo go.</summary>
    /// <param name="name">The name of the silo.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ClientNotAvailableException">No such silo is a member.</exception>
    public PeerTarget TargetOf(string name) =>
        _peers.Values.FirstOrDefault(peer => peer.Key.Name == name) is { } peer
            ? TargetFor(peer, View)
            : throw new ClientNotAvailableException($"Silo {name}, which the observer is in, is no member of the cluster.");

    /// <summary>Lists the activations that placement moves.</summary>
    /// <returns>The activations.</returns>
    public IEnumerable<Activation> LocalActivations() => Silo.Catalog.AllActivations().Where(activation => activation.Pool is null);

    /// <summary>Looks anew where a call goes.</summary>
    /// <param name="request">The call.</param>
    public void Redirect(GrainRequest request) => Silo.Redirect(request);

    /// <summary>Tells all other silos something.</summary>
    /// <param name="type">What.</param>
    /// <param name="number">A version.</param>
    public void Tell(FrameType type, long number)
    {
        var body = NumberBody(number);
        foreach (var peer in _peers.Values)
        {
            peer.Link?.TrySend(new Outbound(type, body, 0, Time.GetTimestamp()));
        }
    }

    /// <summary>Tells all that this silo has handed its lost slots over.</summary>
    /// <param name="version">By which version.</param>
    public void TellHandedOver(long version) => Tell(FrameType.HandedOver, version);

    /// <inheritdoc/>
    public void Prepare(ClusterView before, ClusterView after)
    {
        var self = Membership.Key;
        Log.View(self, after.Version, string.Join(", ", after.Members.Select(member => $"{member.Key} {member.Status}")));
        foreach (var member in after.Members.Where(member => member.Key != self))
        {
            _peers.GetOrAdd(member.Key, _ => new Peer(member, this)).Update(member);
        }

        HandOver.Prepare(before, after, self);
    }

    /// <inheritdoc/>
    public void OnView(ClusterView after)
    {
        foreach (var (key, peer) in _peers)
        {
            if (after.Document.Find(key) is null)
            {
                Forget(peer);
            }
        }

        Connector?.OnView(after);
        Clients.OnView(after);
        HandOver.OnView(after, Membership.Key);
        Tell(FrameType.ViewHint, after.Version);
    }

    /// <inheritdoc/>
    public async Task OnRemovedAsync(SiloKey removed)
    {
        var reason = new SiloUnavailableException($"silo {removed} was removed from the cluster; it joins again");
        foreach (var peer in _peers.Values)
        {
            peer.Link?.Close(reason);
            Forget(peer);
        }

        Connector?.CloseAll(reason);
        await ActivationsEnd.AtOnceAsync(Silo.Catalog, Silo.Collection.DeactivationTimeout, Time);
    }

    /// <inheritdoc/>
    public void OnFrame(Link link, FrameType type, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, Silo.Codecs);
        switch (type)
        {
            case FrameType.Request:
                Take(link, _frames.Read(body));
                break;
            case FrameType.Cancel:
                CancelItem.CancelForCaller(link.TakeCancellable(reader.Varint()), Silo.Calls);
                break;
            case FrameType.ViewHint:
                Membership.Hint((long)reader.Varint());
                break;
            case FrameType.HandedOver when link.Tag is Peer peer:
                peer.OnHandedOver((long)reader.Varint());
                HandOver.OpenIfAllHandedOver();
                break;
            case FrameType.Clients when link.Tag is Peer gateway:
                Clients.OnTold(gateway.Key, ref reader);
                break;
            default:
                break; // a newer release says something that can be done without
        }
    }

    /// <inheritdoc/>
    public void OnOutcome(GrainRequest request) => Silo.CompleteRemote(request);

    /// <inheritdoc/>
    public void OnFailure(GrainRequest request, Exception error) => Silo.Fail(request, error);

    /// <inheritdoc/>
    public void WriteRequest(WireWriter writer, GrainRequest request, ulong id) =>
        CallFrames.Write(writer, request, id, View.Version, Silo.TimeLeft(request));

    /// <inheritdoc/>
    public void OnClosed(Link link, IReadOnlyList<Outbound> unsent)
    {
        if (link.Tag is Peer peer)
        {
            peer.Detach(link, unsent);
            return;
        }

        foreach (var message in unsent.Where(message => message.Type == FrameType.Request))
        {
            Silo.Fail((GrainRequest)message.Payload!, new ClientNotAvailableException($"{link.Other} has disconnected."));
        }
    }

    /// <summary>Sends what a new connection to another silo must know.</summary>
    /// <param name="link">The connection.</param>
    public void Greet(Link link)
    {
        link.TrySend(new Outbound(FrameType.ViewHint, NumberBody(View.Version), 0, 0));
        link.TrySend(new Outbound(FrameType.HandedOver, NumberBody(HandOver.Done), 0, 0));
        Clients.Tell(link);
    }

    private void Forget(Peer peer)
    {
        _peers.TryRemove(peer.Key, out _);
        _targets.TryRemove(peer, out _);
        Clients.Forget(peer.Key);
        peer.Remove();
    }

    private byte[] NumberBody(long number)
    {
        using var writer = new WireWriter(Silo.Codecs);
        writer.Varint((ulong)Math.Max(0, number));
        return writer.Written.ToArray();
    }

    private void Take(Link link, in ReceivedCall call)
    {
        if (call.Id != 0)
        {
            var sink = new InboundCall(link, call.Id);
            if (call.Request is null)
            {
                sink.TryFail(call.Error!);
                return;
            }

            call.Request.Sink = sink;
            if (call.Request.Cancellation is not null)
            {
                link.RememberCancellable(call.Id, call.Request);
            }
        }

        if (call.Request is not { } request)
        {
            Log.CallUnreadable(call.Error!, link.Other.ToString());
            return;
        }

        if (call.ViewVersion > View.Version)
        {
            _ = TakeAfterViewAsync(request, call.ViewVersion, call.TimeLeft);
            return;
        }

        Silo.Take(request, call.TimeLeft);
    }

    /// <summary>The sender knows a newer view: by ours the call might go back to it.</summary>
    private async Task TakeAfterViewAsync(GrainRequest request, long version, TimeSpan timeLeft)
    {
        await Membership.ReachAsync(version, LongestWaitForView).ConfigureAwait(false);
        Silo.Take(request, timeLeft);
    }
}
