using System.Security.Cryptography;
using System.Text;
using Molino.Runtime.Wire;
using Orleans.Serialization;

namespace Molino.Runtime.Transport;

/// <summary>How each side introduces itself: who it is, and random bytes that the other side's proof must cover.</summary>
/// <param name="Version">The version of the protocol.</param>
/// <param name="ClusterId">The cluster.</param>
/// <param name="IsClient">True for a client, false for a silo.</param>
/// <param name="Name">The name of the silo, or the id of the client.</param>
/// <param name="Incarnation">The life of the silo, or 0.</param>
/// <param name="Wanted">What the dialling side expects to reach as <c>name@incarnation</c>, or empty for any silo.</param>
/// <param name="Nonce">The random bytes.</param>
internal sealed record Introduction(int Version, string ClusterId, bool IsClient, string Name, long Incarnation, string Wanted, byte[] Nonce)
{
    /// <summary>The version of the protocol that this release speaks.</summary>
    public const int CurrentVersion = 1;

    private const string Magic = "MOLINO";
    private const int NonceLength = 32;

    /// <summary>Makes random bytes.</summary>
    /// <returns>The bytes.</returns>
    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceLength);

    /// <summary>Reads an introduction. The version comes first: what is behind it may differ in another one.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="codecs">The codecs.</param>
    /// <returns>The introduction; of another version only that version is known.</returns>
    /// <exception cref="HandshakeException">It is no introduction.</exception>
    public static Introduction Read(ReadOnlySpan<byte> bytes, CodecProvider codecs)
    {
        var reader = new WireReader(bytes, codecs);
        try
        {
            if (reader.Text() == Magic)
            {
                var version = (int)reader.Varint();
                return version == CurrentVersion
                    ? new Introduction(version, reader.Text(), reader.Varint() == 1, reader.Text(), reader.Signed(), reader.Text(), reader.Bytes().ToArray())
                    : new Introduction(version, string.Empty, false, string.Empty, 0, string.Empty, []);
            }
        }
        catch (Exception error) when (error is SerializerException or DecoderFallbackException)
        {
            // refused below
        }

        throw new HandshakeException(HandshakeRefusal.NotOurProtocol, "The other side does not speak Molino's silo protocol: check that the address and port are those of a silo.");
    }

    /// <summary>Writes the introduction.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(WireWriter writer)
    {
        writer.Text(Magic);
        writer.Varint((ulong)Version);
        writer.Text(ClusterId);
        writer.Varint(IsClient ? 1UL : 0);
        writer.Text(Name);
        writer.Signed(Incarnation);
        writer.Text(Wanted);
        writer.Bytes(Nonce);
    }

    /// <summary>Returns <c>name@incarnation</c>, or the client's id.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsClient ? $"client {Name}" : $"silo {Name}@{Incarnation}";
}
