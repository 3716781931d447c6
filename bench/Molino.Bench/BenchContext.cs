namespace Molino.Bench;

/// <summary>What a scenario works with: silos of its own, and the report.</summary>
internal sealed class BenchContext(BenchOptions options, Report report)
{
    /// <summary>Where measurements go.</summary>
    public Report Report { get; } = report;

    /// <summary>Whether job counts are as the targets say.</summary>
    public bool IsFullScale => options.Scale >= 1;

    /// <summary>A job count, scaled; at least 20.</summary>
    public int Count(int jobs) => Math.Max(20, (int)(jobs * options.Scale));

    /// <summary>A span, shorter at small scales; at least 2 s.</summary>
    public TimeSpan Span(int seconds) => TimeSpan.FromSeconds(IsFullScale ? seconds : Math.Max(2, seconds * options.Scale));

    /// <summary>Whether silos use Redis, so that several can share it.</summary>
    public bool IsRedis => options.IsRedis;

    /// <summary>What the silos' clients run over, for notes.</summary>
    public string Transport => options.IsOverGateway ? "gateway" : "HTTP";

    /// <summary>Starts a silo process on an empty store.</summary>
    public async Task<SiloProcess> StartSiloAsync(int concurrency = 100) =>
        await SiloProcess.StartAsync(options, await StartStoreAsync(), ownsStore: true, concurrency);

    /// <summary>An empty store.</summary>
    public async Task<BenchStore> StartStoreAsync() => IsRedis ? await RedisBenchStore.StartAsync() : new SqliteBenchStore();

    /// <summary>Starts a silo process on a store that others use too.</summary>
    public Task<SiloProcess> StartSiloAsync(BenchStore store, int concurrency = 100) => SiloProcess.StartAsync(options, store, ownsStore: false, concurrency);

    /// <summary>The same with the other build of the silo (<c>--other</c>).</summary>
    public Task<SiloProcess> StartOtherSiloAsync(BenchStore store, int concurrency = 100) =>
        SiloProcess.StartAsync(options with { Silo = options.Other ?? throw new InvalidOperationException("compare needs --other.") }, store, ownsStore: false, concurrency);
}
