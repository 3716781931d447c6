using System.Net;
using Microsoft.Extensions.Configuration;
using Molino.Client;
using Molino.Core;
using Molino.Testing;

namespace Molino.Hosting.Tests;

/// <summary>The contract's keys: what is right works, what is wrong stops the start by name.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("Store:Kind", "Postgres", "Store:Kind")]
    [InlineData("Store:WaitReplicas", "17", "Store:WaitReplicas")]
    [InlineData("Store:StateDatabase", "-1", "Store:StateDatabase")]
    [InlineData("Store:Pfad", "x", "Store:Pfad")]
    [InlineData("Store", "x", "Store")]
    [InlineData("Cluster:SiloPort", "11111", "Cluster:SiloPort")]
    [InlineData("Cluster:SiloPort", "many", "Cluster:SiloPort")]
    [InlineData("Cluster:Id", "Not A Name", "Cluster:Id")]
    [InlineData("Cluster:Advertise", "somewhere", "Cluster:Advertise")]
    [InlineData("Cluster:GatewayPort", "70000", "Cluster:GatewayPort")]
    [InlineData("Cluster:Listen", "everywhere:1", "Cluster:Listen")]
    [InlineData("Drain:Timeout", "soon", "Drain:Timeout")]
    [InlineData("Drain:Timeout", "-1", "Drain:Timeout")]
    [InlineData("Drain:Timeout", "NaN", "Drain:Timeout")]
    [InlineData("Drain:Timeout", "900000000000", "Drain:Timeout")]
    [InlineData("Drain:Time", "1", "Drain:Time")]
    [InlineData("Drain", "1", "Drain")]
    [InlineData("Pools:reports:Concurrency", "0", "Pools:reports:Concurrency")]
    [InlineData("Pools:reports:Concurrency", "10001", "Pools:reports:Concurrency")]
    [InlineData("Pools:reports:Concurrency", "many", "Pools:reports:Concurrency")]
    [InlineData("Pools:reports:Queues", "one,No Name", "Pools:reports:Queues")]
    [InlineData("Pools:reports:Queues:0", "No Name", "Pools:reports:Queues")]
    [InlineData("Pools:reports:MaxJobsPerChild", "-1", "Pools:reports:MaxJobsPerChild")]
    [InlineData("Pools:reports:MaxMemoryMb", "x", "Pools:reports:MaxMemoryMb")]
    [InlineData("Pools:reports:Min", "1", "Pools:reports:Min")]
    [InlineData("Pools:reports:Kind", "threads", "Pools:reports:Kind")]
    [InlineData("Pools:Reports Two:Concurrency", "1", "Pools:Reports Two")]
    [InlineData("Pools", "reports", "Pools")]
    [InlineData("Pools:reports", "5", "Pools:reports")]
    [InlineData("Queues:mail:Rate", "5", "Queues:mail:Rate")]
    [InlineData("Queues:mail:Aging", "0", "Queues:mail:Aging")]
    [InlineData("Queues:mail:Aging", "often", "Queues:mail:Aging")]
    [InlineData("Queues:mail:MaxAttempts", "0", "Queues:mail:MaxAttempts")]
    [InlineData("Queues:mail:MaxAttempts", "1001", "Queues:mail:MaxAttempts")]
    [InlineData("Queues:Mail!:MaxAttempts", "1", "Queues:Mail!")]
    [InlineData("Queues", "mail", "Queues")]
    [InlineData("Routes:sql.*", "No Name", "Routes:sql.*")]
    [InlineData("Routes:sql.*:Queue", "sql", "Routes:sql.*")]
    [InlineData("Routes", "sql", "Routes")]
    [InlineData("Retention:Succeeded", "long", "Retention:Succeeded")]
    [InlineData("Retention:Succeeded", "36525.00:00:01", "Retention:Succeeded")]
    [InlineData("Retention:Failed", "999999.00:00:00", "Retention:Failed")]
    [InlineData("Retention:Cancelled", "999999.00:00:00", "Retention:Cancelled")]
    [InlineData("Retention:Results", "999999.00:00:00", "Retention:Results")]
    [InlineData("Retention:Events", "999999.00:00:00", "Retention:Events")]
    [InlineData("Retention:MaxJobs", "0", "Retention:MaxJobs")]
    [InlineData("Retention:MaxJobs", "-3", "Retention:MaxJobs")]
    [InlineData("Retention:Forever", "1", "Retention:Forever")]
    public async Task Start_WithAWrongKeyOrValue_IsRefusedByItsName(string key, string value, string named)
    {
        var error = await Should.ThrowAsync<ConfigurationException>(() =>
            MolinoTestHost.StartAsync(molino => molino.AddJob<CountHandler>(), new Dictionary<string, string?> { [key] = value }));

        error.Key.ShouldBe(named);
        error.Message.ShouldStartWith(named + ":");
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0.5", 0.5)]
    [InlineData("00:05:00", 300)]
    [InlineData("1.00:00:00", 86_400)]
    public void Duration_InEachSpelling_IsRead(string text, double seconds) =>
        Read(("Drain:Timeout", text)).DrainTimeout.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Redis_WithACluster_IsRead()
    {
        var settings = Read(
            ("Store:Kind", "redis"), ("Store:Redis", "10.0.0.1:6379,password=pw"), ("Store:Path", "unused.db"), ("Store:ResultDatabase", "2"), ("Store:WaitReplicas", "1"),
            ("Cluster:Id", "mill"), ("Cluster:SiloPort", "11111"), ("Cluster:GatewayPort", "30000"), ("Cluster:Advertise", "10.0.0.2"), ("Cluster:Secret", "s"));

        (settings.Store.IsRedis, settings.Store.Redis, settings.Store.Prefix, settings.Store.ResultDatabase, settings.Store.WaitReplicas)
            .ShouldBe((true, "10.0.0.1:6379,password=pw", "mill", 2, 1));
        (settings.Cluster.Id, settings.Cluster.SiloPort, settings.Cluster.GatewayPort, settings.Cluster.Advertise.ToString(), settings.Cluster.Secret)
            .ShouldBe(("mill", 11111, 30000, "10.0.0.2", "s"));
        settings.Store.Describe(settings.Cluster).ShouldNotContain("pw");
    }

    [Fact]
    public void Cluster_BeyondLoopbackWithoutASecret_IsRefusedByItsName() =>
        Should.Throw<ConfigurationException>(() => Read(("Store:Kind", "Redis"), ("Cluster:Advertise", "10.0.0.2"))).Key.ShouldBe("Cluster:Secret");

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("auto", false)]
    public void Advertise_ByName_IsAnAddress(string name, bool isLoopback)
    {
        var advertise = Read(("Store:Kind", "Redis"), ("Cluster:Secret", "s"), ("Cluster:Advertise", name)).Cluster.Advertise;
        if (isLoopback) IPAddress.IsLoopback(advertise).ShouldBeTrue();
        advertise.ShouldNotBe(IPAddress.Any);
    }

    [Fact]
    public void Advertise_NameThatLeadsNowhere_IsRefusedByItsName() =>
        Should.Throw<ConfigurationException>(() => Read(("Store:Kind", "Redis"), ("Cluster:Secret", "s"), ("Cluster:Advertise", "nowhere.invalid"))).Key.ShouldBe("Cluster:Advertise");

    [Fact]
    public void ClusterListen_BeyondLoopbackWithoutASecret_IsRefusedByItsName() =>
        Should.Throw<ConfigurationException>(() => Read(("Store:Kind", "Redis"), ("Cluster:Listen", "0.0.0.0"))).Key.ShouldBe("Cluster:Secret");

    [Theory]
    [InlineData("0.0.0.0:12000", "0.0.0.0:12000")]
    [InlineData("0.0.0.0", "0.0.0.0:11111")]
    [InlineData("[::1]", "[::1]:11111")]
    public void ClusterListen_WithOrWithoutAPort_IsRead(string text, string expected) =>
        Read(("Store:Kind", "Redis"), ("Cluster:SiloPort", "11111"), ("Cluster:Listen", text), ("Cluster:Secret", "s")).Cluster.Listen!.ToString().ShouldBe(expected);

    [Fact]
    public void Settings_OfEverySection_AreRead()
    {
        var settings = Read(
            ("Pools:reports:Kind", "Process"),
            ("Pools:reports:Queues", "a, b"),
            ("Pools:reports:Concurrency", "3"),
            ("Pools:reports:MaxJobsPerChild", "10"),
            ("Pools:reports:MaxMemoryMb", "200"),
            ("Pools:mail:Queues:0", "c"),
            ("Pools:mail:Queues:1", "d"),
            ("Queues:a:Aging", "60"),
            ("Queues:a:MaxAttempts", "2"),
            ("Queues:a:Shards", "4"),
            ("Routes:sql.*", "a"),
            ("Retention:Succeeded", "2.00:00:00"),
            ("Retention:MaxJobs", "10"),
            ("Cluster:Id", "mine"),
            ("Cluster:SiloPort", "0"));

        var reports = settings.Pools["reports"];
        (reports.Kind, reports.Concurrency, reports.MaxJobsPerChild, reports.MaxMemoryMb).ShouldBe(("process", 3, 10, 200));
        reports.Queues.ShouldBe(["a", "b"]);
        settings.Pools["mail"].Queues.ShouldBe(["c", "d"]);
        settings.Queues["a"].ShouldBe(new QueueSettings(TimeSpan.FromMinutes(1), 4, 2));
        settings.Routes.ShouldBe([new Route("sql.*", "a")]);
        (settings.Retention.Succeeded, settings.Retention.MaxJobs).ShouldBe((TimeSpan.FromDays(2), 10));
    }

    [Fact]
    public void Settings_OfAnEmptyConfiguration_AreTheContracts()
    {
        var settings = Read();

        settings.Store.Path.ShouldEndWith(Path.Combine("data", "molino.db"));
        settings.DrainTimeout.ShouldBe(TimeSpan.FromMinutes(1));
        settings.Pools.ShouldBeEmpty();
        settings.Retention.MaxJobs.ShouldBe(1_000_000);
    }

    [Fact]
    public void Pool_InCodeWithAWrongValue_IsRefusedByItsName()
    {
        var molino = new MolinoBuilder(new Microsoft.Extensions.DependencyInjection.ServiceCollection(), new ConfigurationBuilder().Build());

        Should.Throw<ConfigurationException>(() => molino.AddPool("reports", pool => pool.Concurrency = 0)).Key.ShouldBe("Pools:reports:Concurrency");
        Should.Throw<ConfigurationException>(() => molino.AddPool("reports", pool => pool.Queues = ["No Name"])).Key.ShouldBe("Pools:reports:Queues");
        Should.Throw<ConfigurationException>(() => molino.AddPool("No Name", _ => { })).Key.ShouldBe("Pools:No Name");
        molino.Pools.ShouldBeEmpty();
    }

    [Fact]
    public async Task Routes_AndQueueLimits_HoldUnlessTheJobSaysOtherwise()
    {
        await using var molino = await MolinoTestHost.StartAsync(
            builder => builder.AddJob<CountHandler>(type => (type.Queue, type.MaxAttempts) = ("of-type", 7)).AddJob<CountHandler>(name: "sql.query").AddJob<CountHandler>(name: "sql.load"),
            new Dictionary<string, string?> { ["Routes:sql.*"] = "sql", ["Routes:sql.load"] = "bulk", ["Queues:sql:MaxAttempts"] = "1" });

        (await SubmitAsync("count")).ShouldBe(("of-type", 7));
        (await SubmitAsync("sql.query")).ShouldBe(("sql", 1));
        (await SubmitAsync("sql.load")).ShouldBe(("bulk", 4));
        (await SubmitAsync("sql.query", new SubmitOptions { Queue = "own" })).ShouldBe(("own", 4));
        (await SubmitAsync("sql.query", new SubmitOptions { MaxAttempts = 9 })).ShouldBe(("sql", 9));
        (await molino.Client.TypesAsync()).Select(type => (type.Name, type.Queue)).ShouldBe([("count", "of-type"), ("sql.load", "bulk"), ("sql.query", "sql")]);

        async Task<(string Queue, int MaxAttempts)> SubmitAsync(string type, SubmitOptions? options = null)
        {
            var view = await (await molino.Client.SubmitAsync(type, new CountArgs("a", 1), options)).ViewAsync();
            return (view.Queue, view.MaxAttempts);
        }
    }

    [Fact]
    public async Task Start_WithTwoHandlersOfOneName_IsRefused() =>
        (await Should.ThrowAsync<ArgumentException>(() => MolinoTestHost.StartAsync(molino => molino.AddJob<CountHandler>().AddJob<CountHandler>()))).Message.ShouldContain("'count'");

    private static SiloSettings Read(params (string Key, string Value)[] values) =>
        SiloSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());
}
