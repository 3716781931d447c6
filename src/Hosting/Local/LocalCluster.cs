using Molino.Client;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Shows what the cluster is made of, and how this silo is.</summary>
internal sealed class LocalCluster(IJobStore store, IJobTypeRegistry types, SubmissionDefaults defaults, IPoolDirectory pools, SiloDuty duty, ClusterSight sight, ProcessMemory memory)
{
    public IReadOnlyList<TypeView> Types =>
        [.. types.Types.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => JobViews.Of(type, defaults.QueueFor(type)))];

    public async Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) =>
        (await sight.LookAsync(cancellationToken).ConfigureAwait(false)).Pools;

    public async Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) =>
        (await sight.LookAsync(cancellationToken).ConfigureAwait(false)).Silos;

    public async Task<HealthView> HealthAsync(CancellationToken cancellationToken)
    {
        var look = await sight.LookAsync(cancellationToken).ConfigureAwait(false);
        return SiloHealth.Of(memory.Judge(store.Condition), look.Problem, pools.Pools, duty.IsDraining, look.Silos);
    }
}
