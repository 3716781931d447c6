namespace Molino.Execution;

/// <summary>What the pools of this silo are doing.</summary>
public interface IPoolDirectory
{
    /// <summary>A snapshot of each pool.</summary>
    IReadOnlyList<PoolSnapshot> Pools { get; }

    /// <summary>Whether no more work is taken.</summary>
    bool IsDraining { get; }

    /// <summary>
    /// Takes no more work until <see cref="Resume"/>. What runs may end; after <see cref="ExecutionOptions.DrainTimeout"/> the rest is told to stop and handed back, its
    /// attempts not counted. An inline handler that ignores its stop runs on: it is not handed back, so that no two runs overlap.
    /// </summary>
    /// <returns>Completes when nothing runs, or all that can be stopped was, or work is taken again.</returns>
    Task DrainAsync();

    /// <summary>Takes work again.</summary>
    void Resume();

    /// <summary>Cancels all that runs here without storing how it ends: its leases are gone. Nothing more is taken.</summary>
    void LoseAll();
}
