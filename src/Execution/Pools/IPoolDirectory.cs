namespace Molino.Execution;

/// <summary>What the pools of this silo are doing.</summary>
public interface IPoolDirectory
{
    /// <summary>A snapshot of each pool.</summary>
    IReadOnlyList<PoolSnapshot> Pools { get; }

    /// <summary>Cancels all that runs here without storing how it ends: its leases are gone. Nothing more is taken.</summary>
    void LoseAll();
}
