using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Core;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>Gateways that cannot be used are told of within seconds, with what to do.</summary>
public sealed class GatewayRefusalTests
{
    /// <summary>Something answers and is not ours; a runtime whose client does not say what answered has the second.</summary>
    private static readonly string[] NotOurs = ["unexpected_answer", "not_reachable"];

    [Fact]
    public async Task WrongClusterWrongPortAndNobodyThere_AreNamedWithinSeconds()
    {
        await using var cluster = await GatewayCluster.StartAsync(1);
        var (silo, gateway) = cluster.Silos[0];

        await RefusedAsync(NotOurs, "Cluster:Id", gateway, clusterId: "bakery");
        await RefusedAsync(NotOurs, "port", $"127.0.0.1:{silo.Url.Port}");
        await RefusedAsync(["not_reachable"], "Cluster:GatewayPort", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{TestMachine.StablePort()}"));
        await using var client = await cluster.ConnectAsync();
        (await client.TypesAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task OneOfSeveralGateways_ThatAnswers_IsEnough()
    {
        await using var cluster = await GatewayCluster.StartAsync(1);
        var services = new ServiceCollection().AddMolinoGatewayClient(options =>
        {
            options.Secret = GatewayCluster.Secret;
            options.Gateways.Add(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{TestMachine.StablePort()}"));
            options.Gateways.Add(cluster.Silos[0].Gateway);
            options.Gateways.Add(string.Create(CultureInfo.InvariantCulture, $"localhost:{TestMachine.StablePort()}"));
        });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<MolinoClient>();

        var job = await client.SubmitAsync("echo", new { n = 1 });

        (await job.ResultAsync<Dictionary<string, int>>(TimeSpan.FromSeconds(60)))!["n"].ShouldBe(1);
        client.Transport.ShouldBeSameAs(provider.GetRequiredService<IMolinoTransport>());
    }

    [Fact]
    public async Task AllSilosGone_CallsEndWithACodeAfterTheTimeOfRepeats()
    {
        await using var cluster = await GatewayCluster.StartAsync(1);
        await using var client = await cluster.ConnectAsync(static options => options.RetryFor = TimeSpan.FromSeconds(2));
        var job = await client.SubmitAsync("noop", new SubmitOptions { Hold = true });
        var waiting = job.WaitAsync(TimeSpan.FromMinutes(10));

        await cluster.Silos[0].Silo.KillAsync();

        (await Should.ThrowAsync<JobSystemException>(waiting.WaitAsync(TimeSpan.FromMinutes(3)))).Code.ShouldBe("not_reachable");
        (await Should.ThrowAsync<JobSystemException>(client.SubmitAsync("noop").WaitAsync(TimeSpan.FromMinutes(3)))).Code.ShouldBe("not_reachable");
        await cluster.Silos[0].Silo.StartAgainAsync();
        (await client.Transport.CancelAsync(job.Id, null, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3))).Status.ShouldBe(JobStatus.Cancelled);
    }

    internal static async Task RefusedAsync(string[] codes, string hint, string gateway, string clusterId = "molino", string? secret = GatewayCluster.Secret)
    {
        var started = Stopwatch.GetTimestamp();
        var refusal = await Should.ThrowAsync<JobSystemException>(() => MolinoGateway.ConnectAsync(gateway, clusterId, secret));
        refusal.Code.ShouldBeOneOf(codes);
        refusal.Message.ShouldContain(hint);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
