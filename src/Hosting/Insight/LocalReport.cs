using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Molino.Client;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>What this silo says of itself now.</summary>
internal sealed class LocalReport(SiloInfo silo, IPoolDirectory pools, IJobStore store, SiloDuty duty, IServer? server = null)
{
    /// <summary>Where other silos connect; null while that is not known.</summary>
    public string? Address { get; set; }

    /// <summary>What others on the store must have alike; null while the silo has not looked.</summary>
    public ClusterPact? Pact { get; set; }

    /// <summary>The report as of now.</summary>
    public SiloReport Create()
    {
        var running = pools.Pools;
        var condition = store.Condition;
        var view = new SiloView(silo.Id, silo.Version, silo.StartedAt, duty.IsDraining ? SiloStatus.Draining : SiloStatus.Active)
        {
            Name = SiloStatus.NameOf(silo.Id),
            Address = Address,
            Http = server?.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray(),
            Running = running.Sum(pool => pool.Running),
            Store = SiloHealth.Of(condition),
        };
        return new SiloReport(view, [.. running.Select(Show)], duty.Obeyed, Pact);
    }

    private PoolView Show(PoolSnapshot pool) =>
        new(pool.Name, silo.Id, pool.Kind, pool.Queues, pool.Concurrency, pool.Running, pool.Lost, pool.Completed);
}
