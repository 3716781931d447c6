using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Molino.Runtime.Wire;

namespace Molino.Runtime.Transport;

/// <summary>
/// Opens a connection: Hello, Challenge, Proof, Welcome. Each side checks version, cluster and secret of the other; whoever refuses
/// says why, so that both can log the same sentence.
/// </summary>
/// <param name="codecs">Writes and reads.</param>
/// <param name="secret">The secret.</param>
internal sealed class Handshake(CodecProvider codecs, SharedSecret secret)
{
    private const int LargestFrame = 1 << 20;

    /// <summary>Opens a connection that this side has dialled.</summary>
    /// <param name="pipe">The connection.</param>
    /// <param name="self">This side.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The other side, and what it sends along.</returns>
    /// <exception cref="HandshakeException">One side refuses.</exception>
    public async Task<(Introduction Other, byte[] Welcome)> DialAsync(IDuplexPipe pipe, Introduction self, CancellationToken cancellationToken)
    {
        var frames = new FramePipe(pipe, LargestFrame);
        var hello = Bytes(self.Write);
        await frames.SendAsync(FrameType.Hello, hello, cancellationToken);
        var (answer, proof) = Split(await ExpectAsync(frames, FrameType.Challenge, cancellationToken));
        var other = Introduction.Read(answer, codecs);
        await CheckAsync(frames, self, other, cancellationToken);
        if (!secret.Verify(proof, isListener: true, hello, answer))
        {
            throw await RefuseAsync(frames, WrongSecret(self, other), cancellationToken);
        }

        await frames.SendAsync(FrameType.Proof, secret.Prove(isListener: false, hello, answer), cancellationToken);
        return (other, await ExpectAsync(frames, FrameType.Welcome, cancellationToken));
    }

    /// <summary>Opens a connection that the other side has dialled.</summary>
    /// <param name="pipe">The connection.</param>
    /// <param name="self">This side.</param>
    /// <param name="admit">Returns why this side does not take the connection, or null.</param>
    /// <param name="welcome">What to send along, made once the other side is known.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The other side.</returns>
    /// <exception cref="HandshakeException">One side refuses.</exception>
    public async Task<Introduction> AcceptAsync(
        IDuplexPipe pipe, Introduction self, Func<Introduction, HandshakeException?> admit, Func<Introduction, byte[]> welcome, CancellationToken cancellationToken)
    {
        var frames = new FramePipe(pipe, LargestFrame);
        var hello = await ExpectAsync(frames, FrameType.Hello, cancellationToken);
        var other = Introduction.Read(hello, codecs);
        await CheckAsync(frames, self, other, cancellationToken);
        var answer = Bytes(self.Write);
        var challenge = Bytes(writer =>
        {
            writer.Bytes(answer);
            writer.Bytes(secret.Prove(isListener: true, hello, answer));
        });
        await frames.SendAsync(FrameType.Challenge, challenge, cancellationToken);
        var proof = await ExpectAsync(frames, FrameType.Proof, cancellationToken);
        if (!secret.Verify(proof, isListener: false, hello, answer))
        {
            throw await RefuseAsync(frames, WrongSecret(self, other), cancellationToken);
        }

        if (admit(other) is { } refusal)
        {
            throw await RefuseAsync(frames, refusal, cancellationToken);
        }

        await frames.SendAsync(FrameType.Welcome, welcome(other), cancellationToken);
        return other;
    }

    private static async Task CheckAsync(FramePipe frames, Introduction self, Introduction other, CancellationToken cancellationToken)
    {
        if (other.Version != self.Version)
        {
            var versions = string.Create(CultureInfo.InvariantCulture, $"One side speaks version {self.Version} of the silo protocol and the other version {other.Version}");
            throw await RefuseAsync(frames, new(HandshakeRefusal.WrongVersion, $"{versions}: bring both to the same release."), cancellationToken);
        }

        if (other.ClusterId != self.ClusterId)
        {
            throw await RefuseAsync(
                frames,
                new(HandshakeRefusal.WrongCluster, $"{self} belongs to cluster '{self.ClusterId}' and {other} to '{other.ClusterId}': give both the same Cluster:Id, or let them use other addresses."),
                cancellationToken);
        }
    }

    private static HandshakeException WrongSecret(Introduction self, Introduction other) =>
        new(HandshakeRefusal.WrongSecret, $"{self} and {other} have different secrets, or one has none: give both the same Cluster:Secret.");

    private static async Task<HandshakeException> RefuseAsync(FramePipe frames, HandshakeException refusal, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(refusal.Message);
        await frames.SendAsync(FrameType.Refusal, (byte[])[(byte)refusal.Refusal, .. text], cancellationToken);
        return refusal;
    }

    private static async Task<byte[]> ExpectAsync(FramePipe frames, FrameType expected, CancellationToken cancellationToken)
    {
        var (type, body) = await ReceiveAsync(frames, cancellationToken);
        if (type == FrameType.Refusal && body.Length > 1)
        {
            throw new HandshakeException((HandshakeRefusal)body[0], Encoding.UTF8.GetString(body.AsSpan(1)));
        }

        return type == expected ? body : throw NotOurs();
    }

    private static async Task<(FrameType Type, byte[] Body)> ReceiveAsync(FramePipe frames, CancellationToken cancellationToken)
    {
        try
        {
            return await frames.ReceiveAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw NotOurs();
        }
    }

    private static HandshakeException NotOurs() =>
        new(HandshakeRefusal.NotOurProtocol, "The other side does not speak Molino's silo protocol: check that the address and port are those of a silo.");

    private (byte[] First, byte[] Second) Split(byte[] body)
    {
        var reader = new WireReader(body, codecs);
        try
        {
            return (reader.Bytes().ToArray(), reader.Bytes().ToArray());
        }
        catch (Orleans.Serialization.SerializerException)
        {
            throw NotOurs();
        }
    }

    private byte[] Bytes(Action<WireWriter> write)
    {
        using var writer = new WireWriter(codecs);
        write(writer);
        return writer.Written.ToArray();
    }
}
