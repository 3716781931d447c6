using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Molino.Core;
using Orleans;

namespace Molino.Client.Gateway;

/// <summary>The actor runtime's client, in a host of its own: made by the first call, kept until the end; the runtime keeps it connected.</summary>
internal sealed class GatewaySession : IAsyncDisposable
{
    private readonly MolinoGatewayOptions _options;
    private readonly ILoggerFactory? _loggers;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly Lazy<Task> _closing;
    private IHost? _host;
    private volatile IGrainFactory? _grains;
    private volatile IGatewayGrain? _gateway;

    public GatewaySession(MolinoGatewayOptions options, ILoggerFactory? loggers)
    {
        var result = new MolinoGatewayOptionsValidator().Validate(null, options);
        if (result.Failed) throw new JobValidationException(ErrorCodes.InvalidRequest, "gateways", result.FailureMessage);
        (_options, _loggers) = (options, loggers);
        _closing = new Lazy<Task>(CloseAsync);
    }

    /// <summary>The gateway; connects when nobody has.</summary>
    /// <exception cref="JobSystemException"><c>not_reachable</c>, <c>unauthorized</c> or <c>unexpected_answer</c>, with what to do.</exception>
    public async ValueTask<IGatewayGrain> GatewayAsync(CancellationToken cancellationToken)
    {
        if (_gateway is { } known) return known;
        var grains = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _gateway = grains.GetGrain<IGatewayGrain>(0);
        }
        catch (ArgumentException error)
        {
            throw new JobSystemException(ClientErrorCodes.UnexpectedAnswer, $"The silos of cluster '{_options.ClusterId}' answer no such client; bring them and this client to the same release. {error.Message}", error);
        }
    }

    /// <summary>A stream of its own.</summary>
    /// <exception cref="JobSystemException">As above.</exception>
    public async ValueTask<IGatewayResultGrain> NewStreamAsync(CancellationToken cancellationToken) =>
        (await ConnectAsync(cancellationToken).ConfigureAwait(false)).GetGrain<IGatewayResultGrain>(Guid.NewGuid());

    /// <summary>Closes the connection. Whoever asks again waits for the same end.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_host is not { } host) return;
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync(host).ConfigureAwait(false);
    }

    private static async ValueTask EndAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync().ConfigureAwait(false);
        else host.Dispose();
    }

    private async ValueTask<IGrainFactory> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_grains is { } known) return known;
        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, typeof(GatewayTransport));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
        await _gate.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            if (_grains is not null) return _grains;
            _host = await StartAsync(either.Token).ConfigureAwait(false);
            return _grains = _host.Services.GetRequiredService<IClusterClient>();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddSingleton(_options.TimeProvider);
        if (_loggers is not null) builder.Services.AddSingleton(_loggers);
        await GatewayRuntime.ConfigureAsync(builder, _options, cancellationToken).ConfigureAwait(false);
        var host = builder.Build();
        using var limit = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await host.StartAsync(either.Token).ConfigureAwait(false);
            return host;
        }
        catch (Exception error)
        {
            var refusal = GatewayRuntime.NotConnected(host.Services, error, _options);
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await EndAsync(host).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw refusal;
        }
    }
}
