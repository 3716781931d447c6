using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Molino.Core;

namespace Molino.Storage.Redis.Connections;

/// <summary>Opens connections to the primary: finds it, speaks TLS, logs in, picks the database.</summary>
internal sealed class Dialer(ConnectionSettings settings, TimeSpan timeout)
{
    /// <summary>Opens a connection to a database of the primary.</summary>
    /// <param name="database">Its number.</param>
    /// <param name="name">What the server's list of clients calls the connection.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <param name="onMessage">Takes what is published, on a connection that will subscribe.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreUnavailable"/>: with the reason of the last host tried.</exception>
    public async Task<RespConnection> OpenAsync(int database, string name, CancellationToken cancellationToken, Action<byte[]>? onMessage = null)
    {
        Exception? last = null;
        foreach (var host in settings.Hosts)
        {
            try
            {
                var primary = settings.Service is null ? host : await AskSentinelAsync(host, cancellationToken).ConfigureAwait(false);
                return await OpenAsync(primary, database, name, onMessage, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (IsFailure(error) && !cancellationToken.IsCancellationRequested)
            {
                last = error;
            }
        }

        var hosts = string.Join(", ", settings.Hosts.Select(host => $"{host.Host}:{host.Port}"));
        throw last is StoreException known
            ? known
            : new StoreException(ErrorCodes.StoreUnavailable, $"Redis at {hosts} cannot be reached: {last?.Message ?? "no host given"}. Check that it runs, and Store:Redis.", last);
    }

    /// <summary>Sends a command that must succeed.</summary>
    /// <exception cref="StoreException">The server answered an error.</exception>
    public static async Task<Reply> AskAsync(RespConnection connection, RespCommand command)
    {
        var reply = await connection.SendAsync(command).ConfigureAwait(false);
        return reply.IsError ? throw ServerErrors.ToException(reply.Text) : reply;
    }

    private static bool IsFailure(Exception error) => error is IOException or SocketException or StoreException or OperationCanceledException or AuthenticationException;

    private async Task<RespConnection> OpenAsync(DnsEndPoint host, int database, string name, Action<byte[]>? onMessage, CancellationToken cancellationToken)
    {
        var connection = new RespConnection(await ConnectAsync(host, cancellationToken).ConfigureAwait(false), timeout, onMessage);
        try
        {
            if (settings.Password is { } password)
                await AskAsync(connection, settings.User is { } user ? RespCommand.Of("AUTH", user, password) : RespCommand.Of("AUTH", password)).ConfigureAwait(false);
            await AskAsync(connection, RespCommand.Of("SELECT", database.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
            await connection.SendAsync(RespCommand.Of("CLIENT", "SETNAME", settings.ClientName ?? name)).ConfigureAwait(false);
            var role = await AskAsync(connection, RespCommand.Of("ROLE")).ConfigureAwait(false);
            if (!role.Items[0].Text.Equals("master", StringComparison.Ordinal))
                throw new StoreException(ErrorCodes.StoreUnavailable, $"Redis at {host.Host}:{host.Port} is a replica. Give the primary, or the sentinels with serviceName=...");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<DnsEndPoint> AskSentinelAsync(DnsEndPoint sentinel, CancellationToken cancellationToken)
    {
        await using var connection = new RespConnection(await ConnectAsync(sentinel, cancellationToken).ConfigureAwait(false), timeout);
        var reply = await AskAsync(connection, RespCommand.Of("SENTINEL", "get-master-addr-by-name", settings.Service ?? "")).ConfigureAwait(false);
        if (reply.IsNull) throw new StoreException(ErrorCodes.StoreUnavailable, $"The sentinel at {sentinel.Host}:{sentinel.Port} knows no primary named '{settings.Service}'.");
        return new DnsEndPoint(reply.Items[0].Text, (int)reply.Items[1].Number);
    }

    private async Task<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, limit.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return settings.Tls ? await SecureAsync(stream, host, limit.Token).ConfigureAwait(false) : stream;
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"No connection to {host.Host}:{host.Port} within {settings.ConnectTimeout.TotalSeconds:0.#} s.", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, DnsEndPoint host, CancellationToken cancellationToken)
    {
        var stream = new SslStream(plain);
        var options = new SslClientAuthenticationOptions { TargetHost = settings.TlsHost ?? host.Host };
        if (settings.TlsAuthority is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        return stream;
    }
}
