using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Runtime.Membership;
using Molino.Runtime.TestHost;
using Molino.Runtime.Transport;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Processes;

/// <summary>Three silos in processes of their own, with the times of production; one dies or is paused.</summary>
public sealed class DeathTests : IAsyncLifetime
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private readonly TableServer _table = new();
    private readonly List<SiloProcess> _silos = [];
    private IHost? _client;

    private IGrainFactory Grains => _client!.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        _silos.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(i => SiloProcess.StartAsync($"process-{i}", _table.Port))));
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .UseStaticClustering(IPEndPoint.Parse(_table.Table.Document.Members.Single(member => member.Name == "process-0").Gateway))
            .Configure<ClusterOptions>(options => options.ClusterId = "processes")
            .Configure<TransportOptions>(options => options.Secret = "secret"));
        _client = builder.Build();
        await _client.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await HomesAsync()).Values.Distinct().Count() < 3)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            await ((IAsyncDisposable)_client).DisposeAsync();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _table.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task grains_of_a_killed_silo_answer_on_another_within_ten_seconds(int victim)
    {
        var start = Stopwatch.GetTimestamp();
        await _silos[victim].KillAsync();

        var homes = await HomesAsync();

        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Recovery);
        homes.Values.Distinct().Order().ShouldBe(_silos.Select(silo => silo.Name).Where(name => name != _silos[victim].Name));
    }

    [Fact]
    public async Task paused_silo_does_no_harm_and_comes_back_as_a_new_life()
    {
        var before = Member("process-1")!;
        await _silos[1].PauseAsync();
        var start = Stopwatch.GetTimestamp();

        (await HomesAsync()).Values.ShouldNotContain("process-1");

        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Recovery);
        Member("process-1").ShouldBeNull();
        await _silos[1].ResumeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Member("process-1") is null || !(await HomesAsync()).ContainsValue("process-1"))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        Member("process-1")!.Incarnation.ShouldBeGreaterThan(before.Incarnation);
        _table.Table.Document.Members.Length.ShouldBe(3);
    }

    private ClusterMember? Member(string name) => _table.Table.Document.Members.SingleOrDefault(member => member.Name == name);

    /// <summary>Asks 60 grains where they live; asks again where the silo asked has died.</summary>
    private async Task<Dictionary<string, string>> HomesAsync()
    {
        var keys = Enumerable.Range(0, 60).Select(i => $"home-{i}").ToList();
        var answers = await Task.WhenAll(keys.Select(async key => (key, silo: await HomeAsync(key))));
        return answers.ToDictionary(answer => answer.key, answer => answer.silo);
    }

    private async Task<string> HomeAsync(string key)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return await Grains.GetGrain<IHomeGrain>(key).SiloAsync();
            }
            catch (SiloUnavailableException)
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
    }
}
