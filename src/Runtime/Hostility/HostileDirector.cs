using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Orleans;

namespace Molino.Runtime.Hostility;

/// <summary>Makes the hostile choices, from one seeded source.</summary>
internal sealed class HostileDirector
{
    private readonly HostileOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Random _random;
    private GrainRequest? _overtaken;

    public HostileDirector(HostileOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _random = new Random(options.Seed);
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
        if (IsChosen(_options.DropRate))
        {
            return;
        }

        if (IsChosen(_options.DelayRate))
        {
            After(_options.MaxDelay, () => silo.Dispatch(request, mayUseCache: true));
            return;
        }

        if (IsChosen(_options.ReorderRate) && Interlocked.CompareExchange(ref _overtaken, request, null) is null)
        {
            // Another one-way call lets it go; should none come, time does.
            After(_options.MaxDelay, () => Release(request, silo));
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
        if (target is not Activation { Pool: null, IsGone: false } first || !first.Silo.MakesActivations || !IsChosen(_options.DoubleActivationRate)
            || first.Class.Duplicate(first) is not { } second)
        {
            return target;
        }

        After(_options.MaxDoubleTime, () => first.Deactivate(new(DeactivationReasonCode.DuplicateActivation, "Hostile mode: there are two of this grain.")));
        return second;
    }

    /// <summary>Tells whether an activation is to be collected now.</summary>
    /// <returns>True to collect it.</returns>
    public bool CollectsEarly() => IsChosen(_options.EarlyCollectionRate);

    private bool IsChosen(double rate)
    {
        lock (_lock)
        {
            return _random.NextDouble() < rate;
        }
    }

    private void Release(GrainRequest request, Silo silo)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _overtaken, null, request), request))
        {
            silo.Dispatch(request, mayUseCache: true);
        }
    }

    private void After(TimeSpan longest, Action action)
    {
        TimeSpan delay;
        lock (_lock)
        {
            delay = longest * _random.NextDouble();
        }

        _ = RunAfterAsync(delay, action);
    }

    private async Task RunAfterAsync(TimeSpan delay, Action action)
    {
        await Task.Delay(delay, _timeProvider).ConfigureAwait(false);
        action();
    }
}
