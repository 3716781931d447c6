using System.Collections.Concurrent;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Storage;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Activations;

/// <summary>A grain class in this silo: its settings, and the directory of its activations.</summary>
internal sealed class GrainClass : GrainRoute
{
    private readonly ConcurrentDictionary<IdSpan, GrainTarget> _targets = new();
    private readonly Lazy<GrainConstructor> _constructor;
    private readonly Func<GrainReferenceOrigin, IdSpan, GrainReference> _referenceFactory;
    private readonly GrainReferenceOrigin _origin;
    private readonly int _maxWorkers;
    private int _activations;

    public GrainClass(GrainClassInfo info, Silo silo, Func<GrainReferenceOrigin, IdSpan, GrainReference> referenceFactory)
    {
        Info = info;
        Silo = silo;
        GrainType = GrainType.Create(info.GrainType);
        HasOwnFilter = typeof(IIncomingGrainCallFilter).IsAssignableFrom(info.ClassType);
        _referenceFactory = referenceFactory;
        _origin = new GrainReferenceOrigin(silo, GrainType, info.Interfaces[0], this);
        _constructor = new Lazy<GrainConstructor>(() => new GrainConstructor(info.ClassType));
        _maxWorkers = info.MaxLocalWorkers < 0 ? Environment.ProcessorCount : info.MaxLocalWorkers;
        MaxWaitingCalls = _maxWorkers > 0 ? silo.Messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker : silo.Messaging.MaxEnqueuedRequestsHardLimit;
        MaxWaitingCalls = MaxWaitingCalls <= 0 ? int.MaxValue : MaxWaitingCalls;
        CollectionAgeTicks = CollectionAge(info, silo);
    }

    /// <summary>Gets what the generator knows.</summary>
    public GrainClassInfo Info { get; }

    /// <summary>Gets the silo.</summary>
    public Silo Silo { get; }

    /// <summary>Gets a value indicating whether grains of the class filter their own calls.</summary>
    public bool HasOwnFilter { get; }

    /// <summary>Gets the name in identities.</summary>
    public GrainType GrainType { get; }

    /// <summary>Gets a value indicating whether grains of the class have an owner among the silos; stateless workers are everywhere.</summary>
    public bool IsPlaced => _maxWorkers == 0;

    /// <summary>Gets the bound of each activation's queue.</summary>
    public int MaxWaitingCalls { get; }

    /// <summary>Gets the time without use after which activations are collected.</summary>
    public long CollectionAgeTicks { get; }

    /// <summary>Gets the number of activations.</summary>
    public int ActivationCount => Volatile.Read(ref _activations);

    /// <inheritdoc/>
    public override GrainTarget? Find(GrainReference reference) =>
        _maxWorkers == 0 && Silo.Cluster is { } cluster && cluster.Locate(new GrainId(GrainType, reference.Key)) is { } elsewhere ? elsewhere : FindOrCreate(reference.Key);

    /// <summary>Finds who takes calls for a key, making an activation where there is none.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The target, or null when the silo makes no activations any more.</returns>
    public GrainTarget? FindOrCreate(IdSpan key)
    {
        while (true)
        {
            if (_targets.TryGetValue(key, out var found))
            {
                return found;
            }

            if (!Silo.MakesActivations)
            {
                return null;
            }

            var made = Create(key);
            if (_targets.TryAdd(key, made))
            {
                OnCreated(made);
                GiveUpIfMoved(made);
                return made;
            }
        }
    }

    /// <summary>Puts a second activation in place of the present one, which stays alive. For hostile mode.</summary>
    /// <param name="present">The activation that calls went to so far.</param>
    /// <returns>The second activation, or null when the first was no longer the present one.</returns>
    public Activation? Duplicate(Activation present)
    {
        var second = new Activation(this, present.Key, pool: null);
        if (!_targets.TryUpdate(present.Key, second, present))
        {
            return null;
        }

        OnCreated(second);
        return second;
    }

    /// <summary>Makes another activation of a stateless worker.</summary>
    /// <param name="pool">The worker's pool.</param>
    /// <param name="key">The key.</param>
    /// <returns>The activation.</returns>
    public Activation CreateWorker(StatelessWorkerPool pool, IdSpan key)
    {
        Interlocked.Increment(ref _activations);
        return new Activation(this, key, pool);
    }

    /// <summary>Takes an activation out of the directory.</summary>
    /// <param name="activation">The activation.</param>
    public void Remove(Activation activation)
    {
        Interlocked.Decrement(ref _activations);
        if (activation.Pool is { } pool)
        {
            pool.Remove(activation);
        }
        else
        {
            Remove(activation, activation.Key);
        }
    }

    /// <summary>Takes a target out of the directory, unless another has its place by now.</summary>
    /// <param name="target">The target.</param>
    /// <param name="key">The key.</param>
    public void Remove(GrainTarget target, IdSpan key) => _targets.TryRemove(KeyValuePair.Create(key, target));

    /// <summary>Makes the grain object of an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="services">The activation's services.</param>
    /// <param name="states">The states injected into it.</param>
    /// <returns>The grain.</returns>
    public object CreateInstance(Activation activation, IServiceProvider services, out IReadOnlyList<ILoadableState> states) =>
        _constructor.Value.Create(activation, services, out states);

    /// <summary>Makes a reference through the first interface.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The reference.</returns>
    public GrainReference CreateReference(IdSpan key) => _referenceFactory(_origin, key);

    /// <summary>Adds all activations to a list. A moment's view.</summary>
    /// <param name="activations">The list.</param>
    public void AddActivations(List<Activation> activations)
    {
        foreach (var (_, target) in _targets)
        {
            target.AddActivations(activations);
        }
    }

    /// <summary>The view may have changed between the look at it and the activation: the silo's hand-over might not see this one.</summary>
    private void GiveUpIfMoved(GrainTarget made)
    {
        if (made is Activation { Pool: null } activation && Silo.Cluster is { } cluster && !cluster.Owns(activation.GrainId))
        {
            activation.Deactivate(new(DeactivationReasonCode.Migrating, "Another silo owns the grain now."), CancellationToken.None);
        }
    }

    private static long CollectionAge(GrainClassInfo info, Silo silo)
    {
        if (silo.Collection.ClassSpecificCollectionAge.TryGetValue(info.ClassType.FullName!, out var configured))
        {
            return configured.Ticks;
        }

        return info.CollectionAgeMinutes switch
        {
            0 => silo.Collection.CollectionAge.Ticks,
            double.PositiveInfinity => long.MaxValue,
            var minutes => TimeSpan.FromMinutes(minutes).Ticks,
        };
    }

    private GrainTarget Create(IdSpan key) =>
        _maxWorkers > 0 ? new StatelessWorkerPool(this, key, _maxWorkers) : new Activation(this, key, pool: null);

    private void OnCreated(GrainTarget target)
    {
        if (target is Activation)
        {
            Interlocked.Increment(ref _activations);
        }
    }
}
