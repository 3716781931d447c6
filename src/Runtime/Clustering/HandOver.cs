using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Membership;
using Molino.Runtime.Placement;
using Orleans;

namespace Molino.Runtime.Clustering;

/// <summary>
/// Moves slots from silo to silo. Who loses slots deactivates what is in them and then tells all; who gains slots keeps the calls for
/// them until all live members have told, or the time for it is over.
/// </summary>
/// <param name="cluster">The cluster.</param>
internal sealed class HandOver(Cluster cluster)
{
    private static readonly DeactivationReason Moved = new(DeactivationReasonCode.Migrating, "Another silo owns the grain now.");

    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<GrainRequest>> _closed = [];
    private readonly List<GrainRequest> _returned = [];
    private readonly List<(long Version, TaskCompletionSource Done)> _waiting = [];
    private ITimer? _timeout;
    private long _version;

    /// <summary>Gets the last version by which this silo has handed its slots over.</summary>
    public long Done { get; private set; }

    /// <summary>Waits until this silo has handed its slots over.</summary>
    /// <param name="version">By which version.</param>
    /// <returns>A task.</returns>
    public Task WhenDoneAsync(long version)
    {
        lock (_lock)
        {
            if (Done >= version)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((version, done));
            return done.Task;
        }
    }

    /// <summary>Tells whether calls for a slot must wait.</summary>
    /// <param name="slot">A slot of this silo.</param>
    /// <returns>True when they must.</returns>
    public bool IsClosed(int slot)
    {
        lock (_lock)
        {
            return _closed.ContainsKey(slot);
        }
    }

    /// <summary>Keeps a call until its slot opens.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="request">The call.</param>
    public void Keep(int slot, GrainRequest request)
    {
        lock (_lock)
        {
            if (_closed.TryGetValue(slot, out var calls))
            {
                calls.Add(request);
                return;
            }
        }

        cluster.Redirect(request);
    }

    /// <summary>Closes the slots that this silo gains.</summary>
    /// <param name="before">The view before.</param>
    /// <param name="after">The new view.</param>
    /// <param name="self">This silo.</param>
    public void Prepare(ClusterView before, ClusterView after, SiloKey self)
    {
        lock (_lock)
        {
            _version = after.Version;
            var othersLive = after.Members.Any(member => member.Key != self);
            for (var slot = 0; slot < Slot.Count; slot++)
            {
                var isMine = after.Owns(slot, self);
                if (isMine && !before.Owns(slot, self) && othersLive)
                {
                    _closed.TryAdd(slot, []);
                }
                else if (!isMine && _closed.Remove(slot, out var calls))
                {
                    _returned.AddRange(calls);
                }
            }

            _timeout?.Dispose();
            _timeout = _closed.Count == 0 ? null
                : cluster.Time.CreateTimer(_ => Open(after.Version, timedOut: true), null, cluster.MembershipTimes.HandOverTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Gives up the slots that this silo loses.</summary>
    /// <param name="view">The new view.</param>
    /// <param name="self">This silo.</param>
    public void OnView(ClusterView view, SiloKey self)
    {
        List<GrainRequest> returned;
        lock (_lock)
        {
            returned = [.. _returned];
            _returned.Clear();
        }

        returned.ForEach(cluster.Redirect);
        _ = GiveUpAsync(view, self);
        OpenIfAllHandedOver();
    }

    /// <summary>Opens the slots if all live members have handed theirs over.</summary>
    public void OpenIfAllHandedOver()
    {
        long version;
        lock (_lock)
        {
            version = _version;
        }

        if (cluster.Peers.All(peer => peer.HandedOver >= version))
        {
            Open(version, timedOut: false);
        }
    }

    private void Open(long version, bool timedOut)
    {
        List<GrainRequest> calls;
        lock (_lock)
        {
            if (version != _version || _closed.Count == 0)
            {
                return;
            }

            calls = [.. _closed.Values.SelectMany(waiting => waiting)];
            if (timedOut)
            {
                cluster.Log.HandOverTimedOut(cluster.Membership.Key, version, _closed.Count);
            }

            _closed.Clear();
            _timeout?.Dispose();
            _timeout = null;
        }

        calls.ForEach(cluster.Redirect);
    }

    /// <summary>Ends the activations in slots that are no longer this silo's, and tells.</summary>
    private async Task GiveUpAsync(ClusterView view, SiloKey self)
    {
        while (true)
        {
            var lost = cluster.LocalActivations().Where(activation => !view.Owns(Slot.Of(activation.GrainId), self)).ToList();
            if (lost.Count == 0)
            {
                break;
            }

            foreach (var activation in lost)
            {
                activation.Deactivate(Moved, CancellationToken.None);
            }

            await Task.WhenAll(lost.Select(activation => activation.Deactivated)).ConfigureAwait(false);
            if (!ReferenceEquals(cluster.View, view))
            {
                return; // the newer view does the rest
            }
        }

        lock (_lock)
        {
            Done = Math.Max(Done, view.Version);
            foreach (var (_, done) in _waiting.Where(wait => wait.Version <= Done))
            {
                done.TrySetResult();
            }

            _waiting.RemoveAll(wait => wait.Done.Task.IsCompleted);
        }

        cluster.TellHandedOver(Done);
    }
}
