using Molino.TestServers;

[assembly: AssemblyFixture(typeof(Molino.Dispatch.Tests.StoreOfRun))]

namespace Molino.Dispatch.Tests;

/// <summary>
/// Which store the silos of this run have. <c>MOLINO_TEST_STORE=redis</c>: Redis, one server for all tests, and keys of its own for every <see cref="TestFolder"/>;
/// <c>sqlite</c> or nothing: a SQLite file in every folder. What these tests prove of dispatch holds on both.
/// </summary>
public sealed class StoreOfRun : IAsyncLifetime
{
    private const string Variable = "MOLINO_TEST_STORE";

    private RedisServer? _redis;

    public async ValueTask InitializeAsync() => _redis = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => null,
        "redis" => await RedisServer.StartAsync(),
        var other => throw new InvalidOperationException($"{Variable} is '{other}'; it has to be sqlite or redis."),
    };

    /// <summary>The store of this run.</summary>
    public static async Task<StoreOfRun> GetAsync() =>
        await TestContext.Current.GetFixture<StoreOfRun>() ?? throw new InvalidOperationException("A silo is started outside of a test.");

    /// <summary>What a silo is configured with to have the folder's store.</summary>
    public IEnumerable<KeyValuePair<string, string?>> SettingsFor(TestFolder folder)
    {
        yield return new("Store:Path", Path.Combine(folder.Path, "molino.db"));
        if (_redis is null) yield break;
        yield return new("Store:Kind", "Redis");
        yield return new("Store:Redis", _redis.Address);
        yield return new("Store:Prefix", Path.GetFileName(folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
    }
}
