using Molino.Client;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>A silo, over its gateway.</summary>
public sealed class SiloOverGateway : OneSilo
{
    protected override IMolinoTransport Connect() => new GatewayTransport(new MolinoGatewayOptions { Gateways = { Gateway } });
}
