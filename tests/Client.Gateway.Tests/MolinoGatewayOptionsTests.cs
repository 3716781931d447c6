using Molino.Core;

namespace Molino.Client.Gateway.Tests;

public sealed class MolinoGatewayOptionsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("127.0.0.1:12111")]
    [InlineData("localhost:1")]
    [InlineData("[::1]:65535")]
    public void Gateway_on_loopback_needs_no_secret(string gateway) => Validate(new() { Gateways = { gateway } }).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("silo")]
    [InlineData(":12111")]
    [InlineData("silo:0")]
    [InlineData("silo:65536")]
    [InlineData("silo:-1")]
    [InlineData("::1:12111")]
    [InlineData("http://silo:12111")]
    public void Gateway_that_is_no_address_is_named(string gateway)
    {
        var failure = Validate(new() { Secret = "s", Gateways = { gateway } });

        failure.ShouldNotBeNull().ShouldContain($"'{gateway}'");
        failure.ShouldContain("host:port");
    }

    [Fact]
    public void Gateway_beyond_loopback_needs_the_secret()
    {
        Validate(new() { Gateways = { "10.0.0.1:12111" } }).ShouldNotBeNull().ShouldContain("Cluster:Secret");
        Validate(new() { Gateways = { "10.0.0.1:12111" }, Secret = "s" }).ShouldBeNull();
    }

    [Fact]
    public void Options_out_of_their_ranges_are_named()
    {
        Validate(new()).ShouldNotBeNull().ShouldContain(nameof(MolinoGatewayOptions.Gateways));
        Validate(new() { Gateways = { "localhost:1" }, ClusterId = "" }).ShouldNotBeNull().ShouldContain(nameof(MolinoGatewayOptions.ClusterId));
        Validate(new() { Gateways = { "localhost:1" }, MaxHold = 21 * Second }).ShouldNotBeNull().ShouldContain(nameof(MolinoGatewayOptions.MaxHold));
        Validate(new() { Gateways = { "localhost:1" }, AnswerTimeout = 5 * Second }).ShouldNotBeNull().ShouldContain(nameof(MolinoGatewayOptions.AnswerTimeout));
        Should.Throw<JobValidationException>(() => new GatewayTransport(new MolinoGatewayOptions())).Code.ShouldBe(ErrorCodes.InvalidRequest);
    }

    private static string? Validate(MolinoGatewayOptions options) => new MolinoGatewayOptionsValidator().Validate(null, options).FailureMessage;
}
