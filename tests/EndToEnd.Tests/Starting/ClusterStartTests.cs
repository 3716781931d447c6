using System.Globalization;
using Molino.EndToEnd.Tests.Cluster;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Starting;

/// <summary>What a silo refuses at its start beside a cluster that runs: it ends at once, says what to do, and the cluster goes on.</summary>
public sealed class ClusterStartTests(ClusterStartTests.OneSilo cluster) : IClassFixture<ClusterStartTests.OneSilo>
{
    [Theory]
    [InlineData("--Cluster:Id=other", "--Store:Prefix=molino", "Cluster:Id")]
    [InlineData("--Cluster:Secret=other", null, "Cluster:Secret")]
    public async Task OtherCluster_IsRefusedAndDoesNotJoin(string setting, string? another, string says)
    {
        var run = await RunAsync(cluster.Redis.Address, another is null ? [setting] : [setting, another]);

        run.ExitCode.ShouldBe(3, run.Output + run.Errors);
        run.Errors.ShouldContain(says);
        (await ThreeSilos.SeesAsync(cluster.Silo, 1)).Count.ShouldBe(1);
        (await cluster.Silo.Http.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task PortInUse_ExitsWithTwoAndNamesTheSetting(string setting)
    {
        var port = await cluster.PortAsync();

        var run = await RunAsync(cluster.Redis.Address, string.Create(CultureInfo.InvariantCulture, $"--Cluster:{setting}={port}"));

        run.ExitCode.ShouldBe(2, run.Output + run.Errors);
        run.Errors.ShouldContain($"Cluster:{setting}");
    }

    [Fact]
    public async Task HttpPortInUse_ExitsWithTwoAndLeavesTheClusterItHadJoined()
    {
        var run = await RunAsync(cluster.Redis.Address, $"--Http:Urls={cluster.Silo.Url}", "--Cluster:SiloPort=0");

        run.ExitCode.ShouldBe(2, run.Output + run.Errors);
        run.Errors.ShouldContain("Http:Urls");
        for (var look = 0; look < 8; look++)
        {
            var silos = await cluster.Silo.Client.Transport.SilosAsync(CancellationToken.None);
            silos.Select(silo => silo.Status).ShouldBe(["active"], "nobody is missed, so nobody is suspected");
            await Task.Delay(500);
        }
    }

    [Fact]
    public async Task AddressOfAnotherMachine_ExitsWithTwoAndNamesTheSetting()
    {
        var run = await RunAsync(cluster.Redis.Address, "--Cluster:Advertise=192.0.2.1", "--Cluster:Secret=s");

        run.ExitCode.ShouldBe(2, run.Output + run.Errors);
        run.Errors.ShouldContain("Cluster:Advertise");
    }

    [Fact]
    public async Task StoreOfANewerVersion_ExitsWithThree()
    {
        await cluster.Redis.CommandAsync("HSET", "newer:meta", "key", "k", "layout", "99", "generation", "1", "run", "r", "events", "0");

        var run = await RunAsync(cluster.Redis.Address, "--Cluster:Id=newer");

        run.ExitCode.ShouldBe(3, run.Output + run.Errors);
        run.Errors.ShouldContain("store_too_new");
        run.Errors.ShouldContain("Start the newer version");
    }

    [Fact]
    public async Task RedisThatEvicts_OrWantsAnotherPassword_ExitsWithThree()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");

        var evicts = await RunAsync(redis.Address);
        await redis.CommandAsync("CONFIG", "SET", "requirepass", "mill");
        var login = await RunAsync(redis.Address + ",password=wrong");

        evicts.ExitCode.ShouldBe(3, evicts.Output + evicts.Errors);
        evicts.Errors.ShouldContain("CONFIG SET maxmemory-policy noeviction");
        login.ExitCode.ShouldBe(3, login.Output + login.Errors);
        login.Errors.ShouldContain("check user and password in Store:Redis");
    }

    [Fact]
    public async Task RedisThatIsNotThere_ExitsWithThree()
    {
        var run = await RunAsync(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{TestMachine.FreePort()}"));

        run.ExitCode.ShouldBe(3, run.Output + run.Errors);
        run.Errors.ShouldContain("Store:Redis");
        run.Errors.ShouldContain("store_unavailable");
    }

    internal static async Task<ProgramRun> RunAsync(string redis, params string[] settings)
    {
        var folder = TestMachine.NewFolder("start");
        var url = string.Create(CultureInfo.InvariantCulture, $"--Http:Urls=http://127.0.0.1:{TestMachine.FreePort()}");
        var run = await ProgramRun.RunAsync(Programs.Silo, folder, [url, "--Store:Kind=Redis", $"--Store:Redis={redis}", .. settings]);
        Directory.Delete(folder, recursive: true);
        return run;
    }

    /// <summary>A silo that runs.</summary>
    public sealed class OneSilo : IAsyncLifetime
    {
        internal RedisServer Redis { get; private set; } = null!;

        internal SiloProcess Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
            Silo = await ThreeSilos.StartSiloAsync(Redis.Address);
        }

        internal async Task<int> PortAsync()
        {
            var address = (await ThreeSilos.SeesAsync(Silo, 1))[0].Address!;
            return int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        }

        public async ValueTask DisposeAsync()
        {
            await Silo.DisposeAsync();
            await Redis.DisposeAsync();
        }
    }
}
