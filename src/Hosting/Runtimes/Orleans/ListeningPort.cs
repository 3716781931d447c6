using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>Ports that Orleans is told to listen on. It shares a port that another process has, and takes that process' silo for its own former life: so they are tried first.</summary>
internal static class ListeningPort
{
    /// <summary>Ports that no outgoing connection of the machine takes.</summary>
    private const int LowestPort = 20_000;
    private const int HighestPort = 32_000;

    /// <summary>A port that can be listened on: the given one, or for 0 any. Orleans wants to know its port before it listens.</summary>
    /// <exception cref="ConfigurationException">The port is taken, or the address is not of this machine.</exception>
    public static int Check(IPAddress address, int port, string setting)
    {
        while (true)
        {
            var tried = port > 0 ? port : RandomNumberGenerator.GetInt32(LowestPort, HighestPort);
            using var probe = new TcpListener(address, tried);
            try
            {
                probe.Start();
                return tried;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                if (port > 0) throw new ConfigurationException(setting, string.Create(CultureInfo.InvariantCulture, $"port {port} of {address} is taken by another process; choose another."));
            }
            catch (SocketException error)
            {
                throw new ConfigurationException("Cluster:Advertise", $"cannot listen on {address}: {error.Message}. Give an address of this machine.");
            }
        }
    }
}
