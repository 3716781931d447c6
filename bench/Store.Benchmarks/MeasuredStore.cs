using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Molino.Storage.Redis;
using Molino.Storage.Sqlite;
using Molino.TestServers;

namespace Molino.Store.Benchmarks;

/// <summary>The store under load, and what it needs to run.</summary>
internal sealed class MeasuredStore(IServiceCollection services, RedisServer? server, string? logFile) : IAsyncDisposable
{
    public IServiceCollection Services { get; } = services;

    /// <summary>The write-ahead log, where the store has one.</summary>
    public string? LogFile { get; } = logFile;

    /// <summary>Prepares a store.</summary>
    /// <param name="kind"><c>sqlite</c> or <c>redis</c>.</param>
    /// <param name="folder">Where SQLite keeps its file.</param>
    public static async Task<MeasuredStore> StartAsync(string kind, string folder)
    {
        var services = new ServiceCollection();
        switch (kind)
        {
            case "sqlite":
                var path = Path.Combine(folder, "molino.db");
                return new MeasuredStore(services.AddSqliteStore(options => options.Path = path), null, path + "-wal");
            case "redis":
                var server = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "everysec");
                return new MeasuredStore(services.AddRedisStore(options => options.Connection = server.Address), server, null);
            default:
                throw new ArgumentException($"'{kind}' is no store that can be measured: sqlite or redis.", nameof(kind));
        }
    }

    /// <summary>Processor time of the store's server so far; none where the store is in this process.</summary>
    public TimeSpan ServerCpu()
    {
        if (server is null) return TimeSpan.Zero;
        using var process = Process.GetProcessById(server.Id);
        return process.TotalProcessorTime;
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;
}
