using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Storage.Redis;

namespace Molino.Hosting.Tests;

/// <summary>Whose time a silo goes by.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnRedis_ItIsTheServers_AlsoWhereTheMachinesWasRegisteredBefore(bool registered)
    {
        using var folder = new TempFolder();
        using var host = Build(folder, "Redis", services =>
        {
            if (registered) services.AddSingleton(TimeProvider.System); // as the HTTP API does
        });

        host.Services.GetRequiredService<TimeProvider>().ShouldBeOfType<StoreTime>();
    }

    [Fact]
    public void OnRedis_AClockOfTheHosts_IsKept()
    {
        using var folder = new TempFolder();
        var clock = new OwnTime();
        using var host = Build(folder, "Redis", services => services.AddSingleton<TimeProvider>(clock));

        host.Services.GetRequiredService<TimeProvider>().ShouldBeSameAs(clock);
    }

    [Fact]
    public void OnSqlite_ItIsTheMachines()
    {
        using var folder = new TempFolder();
        using var host = Build(folder, "Sqlite", _ => { });

        host.Services.GetRequiredService<TimeProvider>().ShouldBeSameAs(TimeProvider.System);
    }

    private static IHost Build(TempFolder folder, string store, Action<IServiceCollection> before)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Store:Kind"] = store,
            ["Store:Path"] = Path.Combine(folder.Path, "molino.db"),
        });
        before(builder.Services);
        builder.AddMolino();
        return builder.Build();
    }

    private sealed class OwnTime : TimeProvider;

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("molino-clock-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
