using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens, and where others find it.</summary>
public class EndpointOptions
{
    /// <summary>Gets or sets the address that other silos and clients connect to. Default: loopback (Orleans: an address of the machine).</summary>
    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    /// <summary>Gets or sets the port for other silos; clients may use it as well. 0 for any free one. Default 11111.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Gets or sets the port for clients. 0 for none of their own: they use the silo port. Default 0 (Orleans: 30000).</summary>
    public int GatewayPort { get; set; }

    /// <summary>Gets or sets the address listened on for other silos, or null for the advertised one. Others still connect to the advertised address and <see cref="SiloPort"/>, unless that is 0.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Gets or sets the address listened on for clients, or null for the advertised one. They still connect to the advertised address and <see cref="GatewayPort"/>, unless that is 0.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
