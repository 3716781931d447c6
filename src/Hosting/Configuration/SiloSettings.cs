using Microsoft.Extensions.Configuration;
using Molino.Core;
using Molino.Execution;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>The contract's configuration, read and checked. What a later version brings is refused, never ignored.</summary>
internal sealed record SiloSettings
{
    public required StoreSettings Store { get; init; }

    public required ClusterSettings Cluster { get; init; }

    public required IReadOnlyDictionary<string, PoolOptions> Pools { get; init; }

    public required IReadOnlyDictionary<string, QueueSettings> Queues { get; init; }

    public required IReadOnlyList<Route> Routes { get; init; }

    public required RetentionLimits Retention { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    private const int MaxShards = 64;

    /// <summary>Longer than any drain; a host cannot wait for longer than some weeks.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(7);

    /// <summary>A hundred years, which keeps for good what it is given for; a sweep could not tell what is older than the calendar.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(36_525);

    /// <summary>Reads and checks.</summary>
    /// <exception cref="ConfigurationException">A key or value cannot be used.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var store = StoreSettings.Read(configuration.GetSection("Store"), configuration["Cluster:Id"] ?? "molino");
        var drain = new SettingsReader(configuration.GetSection("Drain"));
        var settings = new SiloSettings
        {
            Store = store,
            Cluster = ClusterSettings.Read(configuration.GetSection("Cluster"), store.IsRedis),
            Pools = Children(configuration, "Pools").ToDictionary(section => section.Key, ReadPool, StringComparer.Ordinal),
            Queues = Children(configuration, "Queues").ToDictionary(section => section.Key, ReadQueue, StringComparer.Ordinal),
            Routes = [.. Flatten(Children(configuration, "Routes"))],
            Retention = ReadRetention(configuration.GetSection("Retention")),
            DrainTimeout = drain.Duration("Timeout", LongestDrain) ?? TimeSpan.FromSeconds(60),
        };
        drain.Finish();
        return settings;
    }

    /// <summary>Checks a pool, of the configuration or of code.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used; the key is named.</exception>
    public static void CheckPool(string name, PoolOptions options)
    {
        Check("Concurrency", options.Concurrency, 1, 10_000);
        Check("MaxJobsPerChild", options.MaxJobsPerChild, 0, int.MaxValue);
        Check("MaxMemoryMb", options.MaxMemoryMb, 0, 1_048_576);
        foreach (var queue in options.Queues)
        {
            if (!Names.IsValid(queue)) throw new ConfigurationException($"Pools:{name}:Queues", $"'{queue}' is not a queue's name.");
        }

        void Check(string key, int value, int least, int most)
        {
            if (value < least || value > most) throw new ConfigurationException($"Pools:{name}:{key}", $"'{value}' is not a whole number from {least} to {most}.");
        }
    }

    private static IEnumerable<IConfigurationSection> Children(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        return string.IsNullOrEmpty(section.Value)
            ? section.GetChildren()
            : throw new ConfigurationException(key, $"is a section with names, not the value '{section.Value}'.");
    }

    private static PoolOptions ReadPool(IConfigurationSection section)
    {
        if (!Names.IsValid(section.Key)) throw new ConfigurationException(section.Path, "a pool's name is [a-z0-9][a-z0-9._-]{0,99}.");
        var pool = new SettingsReader(section);
        var fallback = new PoolOptions();
        var options = new PoolOptions
        {
            Kind = (pool.Text("Kind") ?? fallback.Kind).ToLowerInvariant(),
            Queues = [.. pool.List("Queues")],
            Concurrency = pool.Number("Concurrency", 1, 10_000) ?? fallback.Concurrency,
            MaxJobsPerChild = pool.Number("MaxJobsPerChild", 0, int.MaxValue) ?? 0,
            MaxMemoryMb = pool.Number("MaxMemoryMb", 0, 1_048_576) ?? 0,
        };
        pool.Finish();
        CheckPool(section.Key, options);
        return options;
    }

    private static QueueSettings ReadQueue(IConfigurationSection section)
    {
        if (!Names.IsValid(section.Key)) throw new ConfigurationException(section.Path, "a queue's name is [a-z0-9][a-z0-9._-]{0,99}.");
        var queue = new SettingsReader(section);
        var settings = new QueueSettings(queue.Duration("Aging"), queue.Number("Shards", 1, MaxShards) ?? 1, queue.Number("MaxAttempts", 1, 1000));
        queue.Finish();
        if (settings.Aging <= TimeSpan.Zero) throw queue.Wrong("Aging", "0", "a duration above zero");
        return settings;
    }

    private static RetentionLimits ReadRetention(IConfigurationSection section)
    {
        var retention = new SettingsReader(section);
        var fallback = new RetentionLimits();
        var limits = new RetentionLimits
        {
            Succeeded = retention.Duration("Succeeded", LongestKept) ?? fallback.Succeeded,
            Failed = retention.Duration("Failed", LongestKept) ?? fallback.Failed,
            Cancelled = retention.Duration("Cancelled", LongestKept) ?? fallback.Cancelled,
            Results = retention.Duration("Results", LongestKept) ?? fallback.Results,
            Events = retention.Duration("Events", LongestKept) ?? fallback.Events,
            MaxJobs = retention.Large("MaxJobs") ?? fallback.MaxJobs,
            MaxEvents = retention.Large("MaxEvents") ?? fallback.MaxEvents,
            MaxBytes = retention.Large("MaxBytes"),
        };
        retention.Finish();
        return limits;
    }

    /// <summary>Patterns are keys; a colon cannot be part of a type's name, so only leaves count.</summary>
    private static IEnumerable<Route> Flatten(IEnumerable<IConfigurationSection> routes)
    {
        foreach (var child in routes)
        {
            if (child.Value is not { } queue) throw new ConfigurationException(child.Path, "a route is a pattern and a queue.");
            if (!Names.IsValid(queue)) throw new ConfigurationException(child.Path, $"'{queue}' is not a queue's name.");
            yield return new Route(child.Key, queue);
        }
    }
}
