using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Molino.Runtime.Transport;

/// <summary>Takes connections on one address and hands each to a handler.</summary>
/// <param name="handler">The handler.</param>
/// <param name="loggers">For the socket transport.</param>
internal sealed class LinkListener(ConnectionHandler handler, ILoggerFactory loggers) : IAsyncDisposable
{
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Starts to listen.</summary>
    /// <param name="endpoint">The address; port 0 for any free one.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <param name="setting">What sets the port, for messages.</param>
    /// <returns>The address listened on.</returns>
    /// <exception cref="OptionsValidationException">The address cannot be listened on.</exception>
    public async Task<IPEndPoint> StartAsync(IPEndPoint endpoint, string setting, CancellationToken cancellationToken)
    {
        var factory = new SocketTransportFactory(Options.Create(new SocketTransportOptions { NoDelay = true }), loggers);
        try
        {
            _listener = await factory.BindAsync(endpoint, cancellationToken);
        }
        catch (AddressInUseException)
        {
            throw Wrong($"{setting}: another process listens on {endpoint}. Choose another port, or 0 for any that is free.");
        }
        catch (SocketException error)
        {
            throw Wrong($"Cluster:Advertise: cannot listen on {endpoint}: {error.Message}. Give an address of this machine.");
        }

        _accepting = AcceptAsync();
        return (IPEndPoint)_listener.EndPoint;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.UnbindAsync();
            await _accepting;
            await _listener.DisposeAsync();
        }
    }

    private static OptionsValidationException Wrong(string sentence) => new(nameof(EndpointOptions), typeof(EndpointOptions), [sentence]);

    private async Task AcceptAsync()
    {
        while (await _listener!.AcceptAsync() is { } connection)
        {
            _ = HandleAsync(connection);
        }
    }

    private async Task HandleAsync(ConnectionContext connection)
    {
        // Off the accepting loop: a handler that is slow to start must not keep others from connecting.
        await Task.Yield();
        await using (connection)
        {
            await handler.OnConnectedAsync(connection);
        }
    }
}
