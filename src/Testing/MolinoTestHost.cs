using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Hosting;

namespace Molino.Testing;

/// <summary>
/// A whole silo inside a unit test: the real store, in a temporary folder that goes with the host, the real actors, pools and handlers, and no HTTP.
/// </summary>
/// <example>
/// <code>
/// await using var molino = await MolinoTestHost.StartAsync(m => m.AddJob&lt;CountWords&gt;());
/// var job = await molino.Client.SubmitAsync(new CountWordsArgs("one two"));
/// var result = await job.ResultAsync&lt;WordCount&gt;(TimeSpan.FromSeconds(10));
/// </code>
/// </example>
public sealed class MolinoTestHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _folder;

    private MolinoTestHost(IHost host, string folder)
    {
        _host = host;
        _folder = folder;
        Client = new MolinoClient(host.Services.GetRequiredService<IMolinoTransport>(), TimeProvider.System);
    }

    /// <summary>The client, calling the silo directly.</summary>
    public MolinoClient Client { get; }

    /// <summary>The host's services, for what a test must reach inside.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a silo.</summary>
    /// <param name="configure">Adds job types, pools, and the services that handlers need.</param>
    /// <param name="settings">Configuration as of a silo, for example <c>Drain:Timeout</c>; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<MolinoTestHost> StartAsync(
        Action<MolinoBuilder> configure,
        IReadOnlyDictionary<string, string?>? settings = null,
        CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("molino-test-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Store:Path"] = Path.Combine(folder, "molino.db"), ["Drain:Timeout"] = "5" });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddMolino(configure);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new MolinoTestHost(host, folder);
    }

    /// <summary>Drains and stops the silo, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
