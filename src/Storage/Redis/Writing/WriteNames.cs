using Molino.Core;

namespace Molino.Storage.Redis.Writing;

/// <summary>Sees to it that every name an item brings has a code before the item is packed.</summary>
internal static class WriteNames
{
    public static ValueTask EnsureAsync(RedisEngine engine, WriteItem item)
    {
        HashSet<string>? missing = null;
        foreach (var change in item.Changes)
        {
            switch (change.Event)
            {
                case JobEvent.Submitted submitted:
                    Look(submitted.Spec.Type);
                    Look(submitted.Spec.Queue);
                    break;
                case JobEvent.Reprioritised { Queue: { } queue }:
                    Look(queue);
                    break;
                case JobEvent.Leased leased:
                    Look(leased.Silo);
                    Look(leased.Pool);
                    break;
            }
        }

        if (item.Lease is { } lease)
        {
            Look(lease.Queue);
            Look(lease.Silo);
            Look(lease.Pool);
        }

        return missing is null ? default : new ValueTask(AddAsync(engine, missing));

        void Look(string name)
        {
            if (!engine.Names.Knows(name)) (missing ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
        }
    }

    private static async Task AddAsync(RedisEngine engine, HashSet<string> names)
    {
        foreach (var name in names) await engine.Names.EnsureAsync(name, command => engine.Jobs.ReadAsync(command, CancellationToken.None)).ConfigureAwait(false);
    }
}
