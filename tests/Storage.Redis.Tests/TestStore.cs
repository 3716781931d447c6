using Microsoft.Extensions.DependencyInjection;
using Molino.Clustering;
using Molino.Conformance.Stores;

namespace Molino.Storage.Redis.Tests;

/// <summary>One open store, as one silo has it; several may share a server.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private const string Pool = "default";

    private static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static long _last;

    private readonly ServiceProvider _services;

    private TestStore(ServiceProvider services, string silo)
    {
        _services = services;
        Silo = silo;
        Faces = RedisHarness.Faces(services);
    }

    public string Silo { get; }

    public StoreFaces Faces { get; }

    public IJobStore Jobs => Faces.Jobs;

    public IMembershipTable Membership => _services.GetRequiredService<IMembershipTable>();

    public ISiloBoard Board => _services.GetRequiredService<ISiloBoard>();

    public IStoreReplacement Replacement => _services.GetRequiredService<IStoreReplacement>();

    /// <summary>Opens a store with the server's clock.</summary>
    public static async Task<TestStore> OpenAsync(string connection, string silo = "silo-1/1", Action<RedisStoreOptions>? configure = null)
    {
        var store = new TestStore(RedisHarness.Build(connection, TimeProvider.System, configure), silo);
        try
        {
            await store.Jobs.OpenAsync(silo, CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public static JobSpec Spec(string queue = "default", string? key = null) => new()
    {
        Id = JobId.Create(Created, (ulong)Interlocked.Increment(ref _last) * 0x9E3779B97F4A7C15),
        Type = "noop",
        Args = "{}"u8.ToArray(),
        Queue = queue,
        CreatedAt = Created,
        IdempotencyKey = key,
    };

    public async Task<ChangeResult> ApplyAsync(JobChange change) => (await Jobs.ApplyAsync([change], allOrNothing: false, CancellationToken.None))[0];

    public Task<ChangeResult> SubmitAsync(string queue = "default", string? key = null) => ApplyAsync(JobChange.Submit(Spec(queue, key)));

    public async Task SubmitManyAsync(int count) =>
        (await Jobs.ApplyAsync([.. Enumerable.Range(0, count).Select(_ => JobChange.Submit(Spec()))], allOrNothing: true, CancellationToken.None)).ShouldAllBe(result => result.IsStored);

    public async Task<IReadOnlyList<Job>> LeaseAsync(int max, IReadOnlyList<JobChange>? done = null, string? silo = null) =>
        (await Jobs.LeaseAsync(new LeaseRequest("default", max, silo ?? Silo, Pool, done ?? []), CancellationToken.None)).Jobs;

    public static JobChange Succeed(Job job, string result = "null")
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(result);
        return new JobChange(job.Id, new JobEvent.Succeeded(TimeProvider.System.GetUtcNow(), job.Token, new JobResult(JobResult.Json, bytes, bytes.Length)));
    }

    /// <summary>Waits until something holds, at most 20 s.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Waits until something holds, at most 20 s.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds()) await timer.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>The code of the store's error that a call ends with.</summary>
    public static async Task<string> CodeOfAsync(Func<Task> call) => (await Should.ThrowAsync<StoreException>(call)).Code;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
