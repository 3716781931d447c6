namespace Molino.Client.Gateway.Tests;

public sealed class GatewaySessionTests
{
    [Fact]
    public async Task Whoever_closes_again_waits_for_the_same_end()
    {
        var session = new GatewaySession(new MolinoGatewayOptions { Gateways = { "127.0.0.1:1" } }, loggers: null);
        var connecting = session.GatewayAsync(CancellationToken.None).AsTask();

        var first = session.DisposeAsync().AsTask();
        var second = session.DisposeAsync().AsTask();

        second.ShouldBeSameAs(first);
        await second;
        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
    }
}
