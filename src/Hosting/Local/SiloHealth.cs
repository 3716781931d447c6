using Molino.Client;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Judges whether the silo is ready. Pure.</summary>
internal static class SiloHealth
{
    /// <summary>Ready while the store answers and takes writes, the pools can pull, and the silo takes work. Other silos that do not answer are told of, and change nothing.</summary>
    /// <param name="store">What the store says of itself.</param>
    /// <param name="problem">What asking the store just now came to; null when it answered.</param>
    /// <param name="pools">This silo's pools.</param>
    /// <param name="draining">Whether this silo takes no more work.</param>
    /// <param name="silos">All silos.</param>
    public static HealthView Of(StoreCondition store, StoreException? problem, IReadOnlyList<PoolSnapshot> pools, bool draining, IReadOnlyList<SiloView> silos)
    {
        var parts = new Dictionary<string, HealthPartView>(StringComparer.Ordinal)
        {
            ["store"] = store.Ready && problem is not null ? new HealthPartView("down", problem.Code, problem.Message) : Of(store),
            ["silo"] = draining ? new HealthPartView("down", "draining", "The silo takes no more work: it stops, or an operator drains it.") : new HealthPartView("ok", null, null),
            ["cluster"] = Of(silos),
        };
        foreach (var pool in pools) parts[$"pool:{pool.Name}"] = Of(pool);
        var ready = parts.Values.All(part => part.Status != "down");
        return new HealthView(ready ? "ready" : "not_ready", parts);
    }

    /// <summary>How a store is by what it says of itself.</summary>
    public static HealthPartView Of(StoreCondition store) =>
        new(store switch { { Ready: false } => "down", { Code: not null } => "degraded", _ => "ok" }, store.Code, store.Message);

    private static HealthPartView Of(IReadOnlyList<SiloView> silos)
    {
        var members = silos.Count(silo => silo.Status != SiloStatus.Dead);
        var suspects = silos.Where(silo => silo.Status == SiloStatus.Suspect).Select(silo => silo.Id).ToArray();
        return suspects.Length == 0
            ? new HealthPartView("ok", null, null) { Members = members }
            : new HealthPartView("degraded", "silos_suspect", $"{suspects.Length} of {members} silos have said nothing for {SiloStatus.SilentAfter.TotalSeconds} s.") { Members = members, Suspects = suspects };
    }

    private static HealthPartView Of(PoolSnapshot pool)
    {
        if (pool.Stalled) return new HealthPartView("down", "stalled", "The store refused the pool's last pull.");
        if (pool.Lost >= pool.Concurrency) return new HealthPartView("down", "stuck", "Every slot is held by a handler that ignores its stop.");
        return pool.Lost > 0
            ? new HealthPartView("degraded", "slots_lost", $"{pool.Lost} of {pool.Concurrency} slots are held by handlers that ignore their stop.")
            : new HealthPartView("ok", null, null);
    }
}
