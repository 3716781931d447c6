using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    [Fact]
    public void Parse_AllSettings_AreRead()
    {
        var settings = ConnectionSettings.Parse(
            "one:7000, two ,user=me,password=a=b,ssl=true,sslHost=cert,defaultDatabase=3,connectTimeout=700,name=n,abortConnect=false", out var problem).ShouldNotBeNull();
        problem.ShouldBeNull();
        settings.Hosts.Select(host => $"{host.Host}:{host.Port}").ShouldBe(["one:7000", "two:6379"]);
        (settings.User, settings.Password, settings.Tls, settings.TlsHost, settings.Database).ShouldBe(("me", "a=b", true, "cert", 3));
        (settings.ConnectTimeout, settings.ClientName, settings.Service).ShouldBe((TimeSpan.FromMilliseconds(700), "n", null));
    }

    [Fact]
    public void Parse_WithServiceName_HostsAreSentinels() =>
        ConnectionSettings.Parse("a,b:1,serviceName=main", out _).ShouldNotBeNull().Hosts.Select(host => host.Port).ShouldBe([26379, 1]);

    [Theory]
    [InlineData("")]
    [InlineData("host:99999")]
    [InlineData("host:x")]
    [InlineData("host,ssl=maybe")]
    [InlineData("host,passwort=geheim")]
    public void Parse_Wrong_SaysWhatWithoutSecrets(string text)
    {
        ConnectionSettings.Parse(text, out var problem).ShouldBeNull();
        problem.ShouldNotBeNull().ShouldNotContain("geheim");
    }
}
