using System.Text;
using Molino.Runtime.Tests.Wire;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Tests.Transport;

public sealed class HandshakeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task sides_of_one_cluster_with_one_secret_learn_who_the_other_is()
    {
        var (dialler, listener) = await OpenAsync(Side("a"), Side("b"), "s", "s");

        dialler.Error.ShouldBeNull();
        dialler.Other!.Name.ShouldBe("b");
        listener.Other!.Name.ShouldBe("a");
        dialler.Welcome.ShouldBe("hello a"u8.ToArray());
    }

    [Fact]
    public Task other_cluster_is_refused_on_both_sides() =>
        RefusedAsync(Side("a"), Side("b") with { ClusterId = "other" }, "s", "s", HandshakeRefusal.WrongCluster, "Cluster:Id");

    [Fact]
    public Task other_version_is_refused_on_both_sides() =>
        RefusedAsync(Side("a") with { Version = 2 }, Side("b"), "s", "s", HandshakeRefusal.WrongVersion, "same release");

    [Theory]
    [InlineData("s", "t")]
    [InlineData("s", null)]
    [InlineData(null, "s")]
    public Task other_secret_is_refused_on_both_sides(string? one, string? two) =>
        RefusedAsync(Side("a"), Side("b"), one, two, HandshakeRefusal.WrongSecret, "Cluster:Secret");

    [Fact]
    public async Task dialler_that_cannot_prove_the_secret_is_refused()
    {
        var pipes = new PipePair();
        var listening = Make("s").AcceptAsync(pipes.Far, Side("b"), static _ => null, static _ => [], CancellationToken.None);
        var frames = new FramePipe(pipes.Near, 1 << 20);
        await frames.SendAsync(FrameType.Hello, Hello(Side("a")), CancellationToken.None);
        (await frames.ReceiveAsync(CancellationToken.None)).Type.ShouldBe(FrameType.Challenge);

        await frames.SendAsync(FrameType.Proof, new byte[32], CancellationToken.None);

        (await Should.ThrowAsync<HandshakeException>(() => listening.WaitAsync(Patience))).Refusal.ShouldBe(HandshakeRefusal.WrongSecret);
    }

    [Fact]
    public async Task refusal_of_the_listener_reaches_the_dialler()
    {
        var refusal = new HandshakeException(HandshakeRefusal.NotNow, "Not now: later.");

        var (dialler, _) = await OpenAsync(Side("a"), Side("b"), "s", "s", refusal);

        dialler.Error!.Refusal.ShouldBe(HandshakeRefusal.NotNow);
        dialler.Error.Message.ShouldBe("Not now: later.");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0006\0\0\0\u0001hello")]
    public async Task other_protocols_are_named(string sent)
    {
        var pipes = new PipePair();
        var listening = Make("s").AcceptAsync(pipes.Far, Side("b"), static _ => null, static _ => [], CancellationToken.None);

        await pipes.Near.Output.WriteAsync(Encoding.ASCII.GetBytes(sent));

        (await Should.ThrowAsync<HandshakeException>(() => listening.WaitAsync(Patience))).Refusal.ShouldBe(HandshakeRefusal.NotOurProtocol);
    }

    private static async Task RefusedAsync(Introduction a, Introduction b, string? one, string? two, HandshakeRefusal refusal, string advice)
    {
        var (dialler, listener) = await OpenAsync(a, b, one, two);

        foreach (var side in new[] { dialler, listener })
        {
            side.Error!.Refusal.ShouldBe(refusal);
            side.Error.Message.ShouldContain(advice);
        }
    }

    private static async Task<(Outcome Dialler, Outcome Listener)> OpenAsync(Introduction a, Introduction b, string? one, string? two, HandshakeException? refusal = null)
    {
        var pipes = new PipePair();
        var dialling = TryAsync(async () => await Make(one).DialAsync(pipes.Near, a, CancellationToken.None));
        var listening = TryAsync(async () => (await Make(two).AcceptAsync(pipes.Far, b, _ => refusal, other => Encoding.UTF8.GetBytes($"hello {other.Name}"), CancellationToken.None), Array.Empty<byte>()));
        return (await dialling.WaitAsync(Patience), await listening.WaitAsync(Patience));
    }

    private static async Task<Outcome> TryAsync(Func<Task<(Introduction Other, byte[] Welcome)>> open)
    {
        try
        {
            var (other, welcome) = await open();
            return new Outcome(other, welcome, null);
        }
        catch (HandshakeException refusal)
        {
            return new Outcome(null, null, refusal);
        }
    }

    private static Handshake Make(string? secret) => new(Wires.Codecs, new SharedSecret(secret));

    private static Introduction Side(string name) => new(1, "cluster", false, name, 1, string.Empty, Introduction.NewNonce());

    private static byte[] Hello(Introduction side)
    {
        using var writer = new Molino.Runtime.Wire.WireWriter(Wires.Codecs);
        side.Write(writer);
        return writer.Written.ToArray();
    }

    private sealed record Outcome(Introduction? Other, byte[]? Welcome, HandshakeException? Error);
}
