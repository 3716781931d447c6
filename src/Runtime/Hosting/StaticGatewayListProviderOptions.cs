namespace Orleans.Configuration;

/// <summary>The gateways that a client knows at its start; the first that answers names the others.</summary>
public class StaticGatewayListProviderOptions
{
    /// <summary>Gets or sets the addresses, such as <c>gwy.tcp://10.0.0.1:30000</c>; host and port count.</summary>
    public List<Uri> Gateways { get; set; } = [];
}
