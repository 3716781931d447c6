using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>A grain class without an identity of its own: calls go to the least loaded of several local activations, which are made as needed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>Initializes a new instance of the <see cref="StatelessWorkerAttribute"/> class with as many activations as processors.</summary>
    public StatelessWorkerAttribute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="StatelessWorkerAttribute"/> class.</summary>
    /// <param name="maxLocalWorkers">The largest number of activations per key and silo, from 1.</param>
    public StatelessWorkerAttribute(int maxLocalWorkers) => ArgumentOutOfRangeException.ThrowIfLessThan(maxLocalWorkers, 1);
}
