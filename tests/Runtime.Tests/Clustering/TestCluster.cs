using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Molino.Runtime.Hosting;
using Molino.Runtime.Membership;
using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Transport;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>Several silos in this process, over loopback TCP, with one table, one grain storage and one probe.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Action<ISiloBuilder>? _configure;
    private readonly bool _mayBeHostile;

    private TestCluster(Action<ISiloBuilder>? configure, bool mayBeHostile)
    {
        _configure = configure;
        _mayBeHostile = mayBeHostile;
    }

    public MemoryMembershipTable Table { get; } = new();

    public Probe Probe { get; } = new();

    public List<TestSilo> Silos { get; } = [];

    private IGrainStorage? Storage { get; set; }

    public static async Task<TestCluster> StartAsync(int silos, Action<ISiloBuilder>? configure = null, bool mayBeHostile = false)
    {
        var cluster = new TestCluster(configure, mayBeHostile);
        for (var i = 0; i < silos; i++)
        {
            await cluster.AddAsync();
        }

        await cluster.SettleAsync();
        return cluster;
    }

    public async Task<TestSilo> AddAsync(Action<ISiloBuilder>? configure = null, string? name = null)
    {
        var silo = await TestSilo.StartAsync(
            builder =>
            {
                builder.UseMembershipTable(_ => Table);
                builder.Services.RemoveAll<Probe>();
                builder.Services.AddSingleton(Probe);
                builder.Configure<SiloOptions>(options => options.SiloName = name ?? $"silo-{Silos.Count}");
                builder.Configure<ClusterOptions>(options => options.ClusterId = "test");
                builder.Configure<EndpointOptions>(options => options.SiloPort = 0);
                builder.Configure<TransportOptions>(options => options.Secret = "secret");
                builder.Configure<MembershipOptions>(options =>
                {
                    options.BeatPeriod = TimeSpan.FromMilliseconds(100);
                    options.DeadAfter = TimeSpan.FromSeconds(1);
                    options.WritesAfterBeat = TimeSpan.FromMilliseconds(600);
                    options.HandOverTimeout = TimeSpan.FromSeconds(2);
                });
                if (Storage is not null)
                {
                    builder.Services.AddKeyedSingleton("store", Storage);
                }

                _configure?.Invoke(builder);
                configure?.Invoke(builder);
            },
            mayBeHostile: _mayBeHostile);
        Storage ??= silo.Services.GetRequiredKeyedService<IGrainStorage>("store");
        Silos.Add(silo);
        return silo;
    }

    /// <summary>Waits until all silos see the same view, are connected, and have handed over.</summary>
    public async Task SettleAsync(int? members = null)
    {
        var expected = members ?? Silos.Count;
        await UntilAsync(() => Table.Document.Members.Length == expected && Running.All(silo =>
            silo.Silo.Cluster!.View.Version == Table.Document.Version
            && silo.Silo.Cluster.Peers.All(peer => peer.Link is not null && peer.HandedOver >= Table.Document.Version)));
    }

    /// <summary>Waits until something is so; says what happened if it never is.</summary>
    public async Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Never came true: {text}\n{Table.Document}\n{string.Join('\n', Silos.SelectMany(silo => silo.Log.Entries.Where(e => e.EventId is >= 2050 and < 2100).Select(e => $"{silo.Silo.Name}: {e.Text} {e.Error?.Message}")))}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The silo that a grain lives in.</summary>
    public TestSilo OwnerOf(IGrain grain) => Running.Single(silo => silo.Silo.Cluster!.Owns(grain.GetGrainId()));

    public IEnumerable<TestSilo> Running => Silos.Where(silo => silo.Silo.State == SiloState.Running);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }
    }
}
