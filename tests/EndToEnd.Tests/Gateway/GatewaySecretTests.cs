namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>A client without the cluster's secret. Not compiled with Orleans, whose gateways ask for none (docs/limits.md).</summary>
public sealed class GatewaySecretTests
{
    [Theory]
    [InlineData("another")]
    [InlineData(null)]
    public async Task WrongSecret_IsNamedWithinSeconds(string? secret)
    {
        await using var cluster = await GatewayCluster.StartAsync(1);

        await GatewayRefusalTests.RefusedAsync(["unauthorized"], "Cluster:Secret", cluster.Silos[0].Gateway, secret: secret);
    }
}
