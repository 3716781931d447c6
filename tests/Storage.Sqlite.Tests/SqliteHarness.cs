using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Molino.Clustering;
using Molino.Conformance.Stores;
using Molino.Storage.Moving;

namespace Molino.Storage.Sqlite.Tests;

/// <summary>A store in a folder of its own.</summary>
internal sealed class SqliteHarness : StoreHarness
{
    private readonly Action<SqliteStoreOptions>? _configure;
    private readonly DirectoryInfo? _folder;
    private ServiceProvider? _services;

    /// <summary>Makes a folder in the system's temporary folder.</summary>
    public SqliteHarness(Action<SqliteStoreOptions>? configure = null)
    {
        _configure = configure;
        _folder = Directory.CreateTempSubdirectory("molino-store-");
        Path = System.IO.Path.Combine(_folder.FullName, "molino.db");
    }

    /// <summary>Uses a file in a folder that belongs to the test.</summary>
    public SqliteHarness(string path, Action<SqliteStoreOptions>? configure = null)
    {
        _configure = configure;
        Path = path;
    }

    public string Path { get; }

    /// <summary>The services of the open store.</summary>
    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The store is not open.");

    public static ServiceProvider Build(string path, TimeProvider time, Action<SqliteStoreOptions>? configure = null) =>
        new ServiceCollection()
            .AddSingleton(time)
            .AddSqliteStore(options =>
            {
                options.Path = path;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();

    public static StoreFaces Faces(IServiceProvider services) => new(
        services.GetRequiredService<IJobStore>(),
        services.GetRequiredService<IJobContentStore>(),
        services.GetRequiredService<IEventLog>(),
        services.GetRequiredService<IStoreUpkeep>(),
        services.GetRequiredService<IStateStore>(),
        services.GetRequiredService<IReminderTable>());

    public override async Task<StoreFaces> OpenAsync(string silo)
    {
        _services = Build(Path, Time, _configure);
        var faces = Faces(_services);
        await faces.Jobs.OpenAsync(silo, CancellationToken.None);
        return faces;
    }

    public override async Task CloseAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        _services = null;
    }

    public override IStoreExport Export => Services.GetRequiredService<IStoreExport>();

    public override Task<IStoreImport> CreateImportAsync() => Task.FromResult(Build(Path, Time, _configure).GetRequiredService<IStoreImport>());

    public override ProcessStartInfo CrashChild(int seed) =>
        Program.Child("crash", Path, seed.ToString(CultureInfo.InvariantCulture));

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder?.Delete(recursive: true);
    }
}
