using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Client;

namespace Molino.Api.Tests;

/// <summary>The API on a real Kestrel socket of this machine, over recorded answers.</summary>
public sealed class ApiHost : IApiUnderTest, IAsyncLifetime
{
    private WebApplication? _app;

    public RecordedTransport Transport { get; } = new();

    public MemoryUserStore Users { get; } = new();

    public Dictionary<string, string?> Settings { get; } = [];

    public Action<IServiceCollection>? Configure { get; set; }

    public Action<WebApplication>? Map { get; set; }

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public static async Task<ApiHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new ApiHost();
        foreach (var (key, value) in settings) host.Settings[key] = value;
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.UseMolinoLimits());
        builder.Services.AddSingleton<IMolinoTransport>(Transport).AddSingleton<IUserStore>(Users);
        builder.Services.AddMolinoApi(builder.Configuration);
        Configure?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapMolinoApi();
        Map?.Invoke(_app);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Task StopAsync() => _app!.StopAsync();

    public void BeginStop() => Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }
}
