using Microsoft.Extensions.Configuration;
using Molino.Storage;
using Molino.Storage.Redis;
using Molino.Storage.Sqlite;

namespace Molino.Hosting;

/// <summary>Which store, and where (<c>Store:*</c>).</summary>
/// <param name="IsRedis">Whether it is Redis; SQLite otherwise.</param>
/// <param name="Path">The SQLite file, absolute. With Redis its folder holds what the silo itself keeps on disk.</param>
/// <param name="Redis">How to reach Redis.</param>
/// <param name="Prefix">What all keys in Redis start with: the cluster's id, unless given.</param>
/// <param name="ResultDatabase">Number of the Redis database of large results; null for that of the jobs.</param>
/// <param name="StateDatabase">Number of the Redis database of grain state and membership; null for that of the jobs.</param>
/// <param name="WaitReplicas">Replicas that must have a commit before it is answered.</param>
/// <param name="DiskLowMb">Below so many MiB of free disk new jobs are refused (SQLite).</param>
/// <param name="MemoryHighPercent">At this share of the server's memory new jobs are refused (Redis).</param>
/// <param name="ProcessMemoryHighPercent">At this share of the memory that the silo may use new jobs are refused.</param>
internal sealed record StoreSettings(bool IsRedis, string Path, string Redis, string Prefix, int? ResultDatabase, int? StateDatabase, int WaitReplicas,
    int DiskLowMb, int MemoryHighPercent, int ProcessMemoryHighPercent)
{
    private const int LastDatabase = 1023;

    /// <summary>Reads and checks.</summary>
    /// <exception cref="Core.ConfigurationException">A key or value cannot be used.</exception>
    public static StoreSettings Read(IConfigurationSection section, string clusterId)
    {
        var store = new SettingsReader(section);
        var kind = store.Text("Kind") ?? "Sqlite";
        var isRedis = kind.Equals("Redis", StringComparison.OrdinalIgnoreCase);
        if (!isRedis && !kind.Equals("Sqlite", StringComparison.OrdinalIgnoreCase)) throw store.Wrong("Kind", kind, "a store (Sqlite or Redis)");
        var path = store.Text("Path") ?? System.IO.Path.Combine("data", "molino.db");
        if (path.Length == 0) throw store.Wrong("Path", path, "a file path");
        var settings = new StoreSettings(
            isRedis,
            System.IO.Path.GetFullPath(path),
            store.Text("Redis") ?? "127.0.0.1:6379",
            store.Text("Prefix") ?? clusterId,
            store.Number("ResultDatabase", 0, LastDatabase),
            store.Number("StateDatabase", 0, LastDatabase),
            store.Number("WaitReplicas", 0, 16) ?? 0,
            store.Number("DiskLowMb", 0, 1_000_000) ?? new SqliteStoreOptions().MinFreeMiB,
            store.Number("MemoryHighPercent", 10, 100) ?? new RedisStoreOptions().MemoryHighPercent,
            store.Number("ProcessMemoryHighPercent", 1, 100) ?? 90);
        store.Finish();
        return settings;
    }

    /// <summary>What this machine knows of the store.</summary>
    /// <param name="clusterId">The cluster's id.</param>
    public KnownStore Known(string clusterId) => new(
        clusterId, IsRedis ? KnownStore.FileOf(System.IO.Path.GetDirectoryName(Path)!, clusterId, Prefix, string.Join(',', Redis.Split(',').Where(IsPlace))) : null);

    /// <summary>Sets the options of the Redis store.</summary>
    /// <param name="options">The options.</param>
    /// <param name="knownKey">The key that the store must have; null where none is known.</param>
    /// <param name="kept">What is kept for how long.</param>
    public void Apply(RedisStoreOptions options, string? knownKey, RetentionLimits kept)
    {
        options.ExpectedKey = knownKey;
        options.Connection = Redis;
        options.Prefix = Prefix;
        options.ContentDatabase = ResultDatabase;
        options.StateDatabase = StateDatabase;
        options.WaitReplicas = WaitReplicas;
        options.MemoryHighPercent = MemoryHighPercent;
        var results = kept.Results + TimeSpan.FromDays(1); // a silo that dies between an end and what follows it must not shorten the life of the result
        if (results > options.ContentLife) options.ContentLife = results;
    }

    /// <summary>Sets the options of the SQLite store.</summary>
    public void Apply(SqliteStoreOptions options)
    {
        options.Path = Path;
        options.MinFreeMiB = DiskLowMb;
    }

    /// <summary>Kind and place, without the password that a connection string may hold.</summary>
    public string Describe(ClusterSettings cluster) => IsRedis
        ? $"redis, {Redis.Split(',')[0]}, cluster {cluster.Id}"
        : $"sqlite, {Path}";

    /// <summary>Whether a part of a connection string says where the store is, and is no secret.</summary>
    private static bool IsPlace(string part) => !part.Contains('=', StringComparison.Ordinal) || part.Trim().StartsWith("defaultDatabase=", StringComparison.OrdinalIgnoreCase);
}
