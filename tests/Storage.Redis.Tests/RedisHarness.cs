using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Molino.Clustering;
using Molino.Conformance.Stores;
using Molino.Storage.Moving;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests;

/// <summary>A store on a server of its own.</summary>
internal sealed class RedisHarness(Action<RedisStoreOptions>? configure = null) : StoreHarness
{
    private RedisServer? _server;
    private ServiceProvider? _services;

    public static ServiceProvider Build(string address, TimeProvider time, Action<RedisStoreOptions>? configure = null) =>
        new ServiceCollection()
            .AddSingleton(time)
            .AddRedisStore(options =>
            {
                options.Connection = address;
                options.Prefix = "test";
                configure?.Invoke(options);
            })
            .BuildServiceProvider();

    public static StoreFaces Faces(IServiceProvider services) => new(
        services.GetRequiredService<IJobStore>(),
        services.GetRequiredService<IJobContentStore>(),
        services.GetRequiredService<IEventLog>(),
        services.GetRequiredService<IStoreUpkeep>(),
        services.GetRequiredService<IStateStore>(),
        services.GetRequiredService<IReminderTable>());

    public override async Task<StoreFaces> OpenAsync(string silo)
    {
        _server ??= await RedisServer.StartAsync();
        _services = Build(_server.Address, Time, configure);
        var faces = Faces(_services);
        await faces.Jobs.OpenAsync(silo, CancellationToken.None);
        return faces;
    }

    public override async Task CloseAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        _services = null;
    }

    public override IStoreExport Export => (_services ?? throw new InvalidOperationException("The store is not open.")).GetRequiredService<IStoreExport>();

    public override async Task<IStoreImport> CreateImportAsync()
    {
        _server ??= await RedisServer.StartAsync();
        return Build(_server.Address, Time, configure).GetRequiredService<IStoreImport>();
    }

    public override ProcessStartInfo CrashChild(int seed) =>
        Program.Child("crash", (_server ?? throw new InvalidOperationException("The store was never opened.")).Address, seed.ToString(CultureInfo.InvariantCulture));

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
