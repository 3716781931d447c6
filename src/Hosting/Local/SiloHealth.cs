using Molino.Client;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Judges whether the silo is ready. Pure.</summary>
internal static class SiloHealth
{
    /// <summary>Ready while the store takes writes, the pools can pull, and the silo is not stopping.</summary>
    public static HealthView Of(StoreCondition store, IReadOnlyList<PoolSnapshot> pools, bool stopping)
    {
        var parts = new Dictionary<string, HealthPartView>(StringComparer.Ordinal)
        {
            ["store"] = new HealthPartView(store switch { { Ready: false } => "down", { Code: not null } => "degraded", _ => "ok" }, store.Code, store.Message),
            ["silo"] = stopping ? new HealthPartView("down", "draining", "The silo is stopping.") : new HealthPartView("ok", null, null),
        };
        foreach (var pool in pools) parts[$"pool:{pool.Name}"] = Of(pool);
        var ready = parts.Values.All(part => part.Status != "down");
        return new HealthView(ready ? "ready" : "not_ready", parts);
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
