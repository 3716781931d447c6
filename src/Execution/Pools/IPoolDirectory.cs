namespace Molino.Execution;

/// <summary>The pools of this silo: what they are doing, and their doorbell.</summary>
public interface IPoolDirectory
{
    /// <summary>A snapshot of each pool.</summary>
    IReadOnlyList<PoolSnapshot> Pools { get; }

    /// <summary>Wakes the pools of this silo that serve a queue: faster than through the queue's grain, and unheard by other silos.</summary>
    /// <param name="queue">A queue whose next lease finds a job: one that is stored, or on its way ahead of all that is asked from now on.</param>
    void Ring(string queue);

    /// <summary>Cancels all that runs here without storing how it ends: its leases are gone. Nothing more is taken.</summary>
    void LoseAll();
}
