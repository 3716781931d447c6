using Molino.Client;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Shows what this silo is made of, and how it is.</summary>
internal sealed class LocalCluster(IJobStore store, IJobTypeRegistry types, SubmissionDefaults defaults, IPoolDirectory pools, SiloInfo silo, SiloLife life, ProcessMemory memory)
{
    public IReadOnlyList<TypeView> Types =>
        [.. types.Types.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => JobViews.Of(type, defaults.QueueFor(type)))];

    public IReadOnlyList<PoolView> Pools =>
        [.. pools.Pools.Select(pool => new PoolView(pool.Name, silo.Id, pool.Kind, pool.Queues, pool.Concurrency, pool.Running, pool.Lost, pool.Completed))];

    public IReadOnlyList<SiloView> Silos => [new SiloView(silo.Id, silo.Version, silo.StartedAt, life.IsStopping ? "draining" : "active")];

    public HealthView Health => SiloHealth.Of(memory.Judge(store.Condition), pools.Pools, life.IsStopping);
}
