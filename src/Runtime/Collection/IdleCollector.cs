namespace Molino.Runtime.Collection;

/// <summary>Looks for idle activations at intervals and ends them.</summary>
internal sealed class IdleCollector(Silo silo) : IAsyncDisposable
{
    private ITimer? _timer;

    /// <summary>Starts to look.</summary>
    public void Start()
    {
        var quantum = silo.Collection.CollectionQuantum;
        _timer = silo.TimeProvider.CreateTimer(static self => ((IdleCollector)self!).Collect(), this, quantum, quantum);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? default;

    private void Collect()
    {
        silo.Clock.Advance();
        foreach (var activation in silo.Catalog.AllActivations())
        {
            activation.CollectIfIdle();
        }
    }
}
