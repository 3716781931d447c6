using System.Net.Sockets;
using System.Text;
using Molino.EndToEnd.Tests.Cluster;

namespace Molino.EndToEnd.Tests.Starting;

/// <summary>What the embedded runtime's handshake refuses, said by the silo that refuses too. Not compiled with Orleans, which has no such handshake.</summary>
public sealed class HandshakeTests(ClusterStartTests.OneSilo cluster) : IClassFixture<ClusterStartTests.OneSilo>
{
    [Fact]
    public async Task OtherSecret_IsToldByTheSiloThatRefuses()
    {
        var run = await ClusterStartTests.RunAsync(cluster.Redis.Address, "--Cluster:Secret=other");

        run.ExitCode.ShouldBe(3, run.Output + run.Errors);
        cluster.Silo.Output.ShouldContain("refused");
        (await ThreeSilos.SeesAsync(cluster.Silo, 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task OtherProtocolVersion_IsRefusedWithASentenceOnBothSides()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", await cluster.PortAsync());
        var stream = connection.GetStream();
        await stream.WriteAsync((byte[])[9, 0, 0, 0, 1, 6, .. "MOLINO"u8, 99]); // Hello of a version to come (docs/wire-format.md)
        var answer = new byte[1024];
        var read = await stream.ReadAtLeastAsync(answer, 6);

        answer[4].ShouldBe((byte)5);
        answer[5].ShouldBe((byte)2);
        Encoding.UTF8.GetString(answer, 6, read - 6).ShouldContain("bring both to the same release");
        await SiloProcess.UntilAsync(() => Task.FromResult(cluster.Silo.Output.Contains("bring both to the same release", StringComparison.Ordinal)));
    }
}
