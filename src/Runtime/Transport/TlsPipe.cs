using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;

namespace Molino.Runtime.Transport;

/// <summary>The bytes of a connection inside of TLS.</summary>
internal sealed class TlsPipe : IDuplexPipe
{
    private TlsPipe(SslStream stream)
    {
        Input = PipeReader.Create(stream);
        Output = PipeWriter.Create(stream);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Returns the bytes of a connection that this side has dialled.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">The options.</param>
    /// <param name="host">The name that the certificate must have.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The bytes.</returns>
    public static async Task<IDuplexPipe> DialAsync(ConnectionContext connection, TransportOptions options, string host, CancellationToken cancellationToken)
    {
        if (!(options.UseTls ?? options.Certificate is not null))
        {
            return connection.Transport;
        }

        var stream = Wrap(connection);
        var tls = new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = options.ValidateCertificate };
        await stream.AuthenticateAsClientAsync(tls, cancellationToken);
        return new TlsPipe(stream);
    }

    /// <summary>Returns the bytes of a connection that the other side has dialled.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The bytes.</returns>
    public static async Task<IDuplexPipe> AcceptAsync(ConnectionContext connection, TransportOptions options, CancellationToken cancellationToken)
    {
        if (options.Certificate is null)
        {
            return connection.Transport;
        }

        var stream = Wrap(connection);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = options.Certificate }, cancellationToken);
        return new TlsPipe(stream);
    }

    private static SslStream Wrap(ConnectionContext connection) => new(new DuplexStream(connection.Transport), leaveInnerStreamOpen: false);
}
