using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Clustering;
using Molino.Core;
using Molino.Storage;
using Molino.Storage.Redis;
using Molino.Testing;
using Molino.TestServers;

namespace Molino.Hosting.Tests.Clustering;

/// <summary>A silo beside others on a real Redis that run something else.</summary>
public sealed class ClusterPactCheckTests
{
    [Fact]
    public async Task Silo_BesideOneOfAnotherRuntimeThatLives_IsRefused()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var other = await OtherSilo.StartAsync(redis);
        using var stop = new CancellationTokenSource();
        var living = other.LiveAsync(stop.Token);

        var refused = await Should.ThrowAsync<StoreException>(() => StartAsync(redis));
        await stop.CancelAsync();
        await living;

        refused.Code.ShouldBe(ErrorCodes.StoreInUse);
        refused.Message.ShouldContain("another runtime");
    }

    [Fact]
    public async Task Silo_BesideOneOfAnotherRuntimeThatIsGone_StartsOnceItsReportIsOld()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var other = await OtherSilo.StartAsync(redis);
        await other.PostAsync(CancellationToken.None);

        await using var silo = await StartAsync(redis);

        (await silo.Client.Transport.HealthAsync(CancellationToken.None)).Status.ShouldNotBe("down");
    }

    private static Task<MolinoTestHost> StartAsync(RedisServer redis) => MolinoTestHost.StartAsync(
        molino => molino.AddJob<CountHandler>(),
        new Dictionary<string, string?> { ["Store:Kind"] = "Redis", ["Store:Redis"] = redis.Address, ["Cluster:SiloPort"] = "0" });

    /// <summary>A store that is open for another silo, which puts up reports of another runtime.</summary>
    private sealed class OtherSilo(ServiceProvider services) : IAsyncDisposable
    {
        public static async Task<OtherSilo> StartAsync(RedisServer redis)
        {
            var services = new ServiceCollection().AddLogging().AddRedisStore(options => (options.Connection, options.Prefix) = (redis.Address, "molino")).BuildServiceProvider();
            await services.GetRequiredService<IJobStore>().OpenAsync("other@1", CancellationToken.None);
            return new OtherSilo(services);
        }

        public async Task PostAsync(CancellationToken cancellationToken)
        {
            var view = new SiloView("other@1", "0", DateTimeOffset.UnixEpoch, SiloStatus.Active);
            var report = new SiloReport(view, [], 0, new ClusterPact("another runtime"));
            await services.GetRequiredService<ISiloBoard>().PostAsync(JsonSerializer.SerializeToUtf8Bytes(report, MolinoJson.Options), cancellationToken);
        }

        public async Task LiveAsync(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await PostAsync(CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
