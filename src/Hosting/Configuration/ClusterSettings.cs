using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Molino.Hosting;

/// <summary>This silo among others (<c>Cluster:*</c>).</summary>
/// <param name="Id">The cluster's name; silos of another are refused.</param>
/// <param name="SiloPort">Where other silos connect; null when there are none.</param>
/// <param name="GatewayPort">Where clients connect; 0 for the silo port.</param>
/// <param name="Advertise">The address that others connect to.</param>
/// <param name="Listen">Where this silo itself listens, if not at the advertised address and port: behind NAT, a port mapping or a proxy.</param>
/// <param name="Secret">What silos and clients prove to know; null on loopback only.</param>
internal sealed record ClusterSettings(string Id, int? SiloPort, int GatewayPort, IPAddress Advertise, IPEndPoint? Listen, string? Secret)
{
    /// <summary>Reads and checks.</summary>
    /// <exception cref="Core.ConfigurationException">A key or value cannot be used.</exception>
    public static ClusterSettings Read(IConfigurationSection section, bool sharedStore)
    {
        var cluster = new SettingsReader(section);
        var id = cluster.Text("Id") ?? "molino";
        if (!Core.Names.IsValid(id)) throw cluster.Wrong("Id", id, "a name, [a-z0-9][a-z0-9._-]{0,99}");
        var siloPort = cluster.Number("SiloPort", 0, 65535);
        var gatewayPort = cluster.Number("GatewayPort", 0, 65535) ?? 0;
        var text = cluster.Text("Advertise") ?? IPAddress.Loopback.ToString();
        var advertise = Resolve(text) ?? throw cluster.Wrong("Advertise", text, "an IP address of this machine, a name that leads to one, or 'auto' for the machine's own name");
        var listen = ReadListen(cluster, siloPort ?? 0);
        var secret = cluster.Text("Secret");
        cluster.Finish();
        if (!sharedStore && siloPort > 0) throw cluster.Wrong("SiloPort", cluster.Text("SiloPort")!, "possible with the Sqlite store, which has one silo; leave it 0, or set Store:Kind=Redis");
        var beyond = !IPAddress.IsLoopback(advertise) || (listen is not null && !IPAddress.IsLoopback(listen.Address));
        if (sharedStore && beyond && string.IsNullOrEmpty(secret))
            throw new Core.ConfigurationException("Cluster:Secret", "is required when silos are reached beyond loopback; give all silos the same text.");
        return new ClusterSettings(id, sharedStore ? siloPort ?? 0 : null, gatewayPort, advertise, listen, secret);
    }

    /// <summary>Reads <c>address</c> or <c>address:port</c>; without a port it is the silo port.</summary>
    private static IPEndPoint? ReadListen(SettingsReader cluster, int siloPort)
    {
        if (cluster.Text("Listen") is not { } text) return null;
        if (!IPEndPoint.TryParse(text, out var listen)) throw cluster.Wrong("Listen", text, "an IP address, with a port where that is not the silo port");
        return listen.Port > 0 ? listen : new IPEndPoint(listen.Address, siloPort);
    }

    /// <summary>The address that others reach this machine by. Of several addresses of a name the first IPv4 one that is not loopback counts.</summary>
    private static IPAddress? Resolve(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return address;
        try
        {
            var found = Dns.GetHostAddresses(text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? Dns.GetHostName() : text);
            return found.OrderBy(one => one.AddressFamily != AddressFamily.InterNetwork).ThenBy(IPAddress.IsLoopback).FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
