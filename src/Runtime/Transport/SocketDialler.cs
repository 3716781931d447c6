using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Molino.Runtime.Transport;

/// <summary>Opens TCP connections.</summary>
internal sealed class SocketDialler : IDisposable
{
    private readonly SocketConnectionContextFactory _factory = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);

    /// <summary>Opens a connection.</summary>
    /// <param name="address">The address, as <c>host:port</c>.</param>
    /// <param name="cancellationToken">Ends trying.</param>
    /// <returns>The connection.</returns>
    public async Task<ConnectionContext> DialAsync(string address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var (host, port) = Parse(address);
            if (IPAddress.TryParse(host, out var ip))
            {
                await socket.ConnectAsync(ip, port, cancellationToken);
            }
            else
            {
                await socket.ConnectAsync(host, port, cancellationToken);
            }

            return _factory.Create(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();

    private static (string Host, int Port) Parse(string address)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out var port)
            ? (address[..colon].Trim('[', ']'), port)
            : throw new FormatException($"'{address}' is not an address of the form host:port.");
    }
}
