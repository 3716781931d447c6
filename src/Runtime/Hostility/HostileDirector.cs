using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Orleans;

namespace Molino.Runtime.Hostility;

/// <summary>Makes the hostile choices. Each kind has a source of its own from the seed, so that one kind's choices do not depend on how the threads of another run.</summary>
internal sealed class HostileDirector
{
    private readonly HostileOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Random _deliveries;
    private readonly Random _doubles;
    private readonly Random _collections;
    private readonly Random _observers;
    private readonly Random _streams;
    private readonly Random _placements;
    private GrainRequest? _overtaken;

    public HostileDirector(HostileOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _deliveries = new Random(options.Seed);
        _doubles = new Random(unchecked(options.Seed + 1));
        _collections = new Random(unchecked(options.Seed + 2));
        _observers = new Random(unchecked(options.Seed + 3));
        _streams = new Random(unchecked(options.Seed + 4));
        _placements = new Random(unchecked(options.Seed + 5));
    }

    /// <summary>Gets the seed.</summary>
    public int Seed => _options.Seed;

    /// <summary>Gets a value indicating whether arguments and results are copied even where declared immutable.</summary>
    public bool CopiesEverything => _options.CopyEverything;

    /// <summary>Drops, delays, holds back or sends a one-way call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="silo">Sends it.</param>
    public void Deliver(GrainRequest request, Silo silo)
    {
        if (IsChosen(_deliveries, _options.DropRate))
        {
            return;
        }

        if (IsChosen(_deliveries, _options.DelayRate))
        {
            After(_deliveries, _options.MaxDelay, () => silo.Dispatch(request, mayUseCache: true));
            return;
        }

        if (IsChosen(_deliveries, _options.ReorderRate) && Interlocked.CompareExchange(ref _overtaken, request, null) is null)
        {
            // Another one-way call lets it go; should none come, time does.
            After(_deliveries, _options.MaxDelay, () => Release(request, silo));
            return;
        }

        silo.Dispatch(request, mayUseCache: true);
        if (Volatile.Read(ref _overtaken) is { } overtaken)
        {
            Release(overtaken, silo);
        }
    }

    /// <summary>Now and then puts a second activation beside the first, which goes on for a while.</summary>
    /// <param name="target">Whom the call would go to.</param>
    /// <returns>Whom it goes to.</returns>
    public GrainTarget MaybeDuplicate(GrainTarget target)
    {
        if (target is not Activation { Pool: null, IsGone: false } first || !first.Silo.MakesActivations || !IsChosen(_doubles, _options.DoubleActivationRate)
            || first.Class.Duplicate(first) is not { } second)
        {
            return target;
        }

        After(_doubles, _options.MaxDoubleTime, () => first.Deactivate(new(DeactivationReasonCode.DuplicateActivation, "Hostile mode: there are two of this grain.")));
        return second;
    }

    /// <summary>Tells whether an activation is to be collected now.</summary>
    /// <returns>True to collect it.</returns>
    public bool CollectsEarly() => IsChosen(_collections, _options.EarlyCollectionRate);

    /// <summary>Tells whether an observer is to be gone for a call.</summary>
    /// <returns>True when it is.</returns>
    public bool ExpiresObserver() => IsChosen(_observers, _options.ObserverExpiryRate);

    /// <summary>Now and then sends a call to a silo that need not be the owner, as with views that differ: that one sends it on.</summary>
    /// <param name="request">The call.</param>
    /// <param name="silo">Sends it.</param>
    /// <returns>True when it was sent.</returns>
    public bool Misplace(GrainRequest request, Silo silo)
    {
        if (silo.Cluster is not { } cluster || request.Target!.Origin.GrainClass is not GrainClass { IsPlaced: true } || !IsChosen(_placements, _options.MisplacementRate))
        {
            return false;
        }

        var connected = cluster.Peers.Where(peer => peer.Link is not null).ToList();
        if (connected.Count == 0)
        {
            return false;
        }

        int index;
        lock (_lock)
        {
            index = _placements.Next(connected.Count);
        }

        cluster.TargetFor(connected[index], cluster.View).Receive(request);
        return true;
    }

    /// <summary>Tells whether a stream is to be aborted now.</summary>
    /// <returns>True when it is.</returns>
    public bool AbortsStream() => IsChosen(_streams, _options.StreamAbortRate);

    private bool IsChosen(Random source, double rate)
    {
        lock (_lock)
        {
            return source.NextDouble() < rate;
        }
    }

    private void Release(GrainRequest request, Silo silo)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _overtaken, null, request), request))
        {
            silo.Dispatch(request, mayUseCache: true);
        }
    }

    private void After(Random source, TimeSpan longest, Action action)
    {
        TimeSpan delay;
        lock (_lock)
        {
            delay = longest * source.NextDouble();
        }

        _ = RunAfterAsync(delay, action);
    }

    private async Task RunAfterAsync(TimeSpan delay, Action action)
    {
        await Task.Delay(delay, _timeProvider).ConfigureAwait(false);
        action();
    }
}
