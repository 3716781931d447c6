namespace Molino.Execution;

/// <summary>What the pools of this silo are doing.</summary>
public interface IPoolDirectory
{
    /// <summary>A snapshot of each pool.</summary>
    IReadOnlyList<PoolSnapshot> Pools { get; }
}
