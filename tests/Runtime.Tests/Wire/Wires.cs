using Molino.Runtime.References;
using Molino.Runtime.Wire;

namespace Molino.Runtime.Tests.Wire;

internal static class Wires
{
    public static CodecProvider Codecs { get; } = new(GrainManifestLoader.Load());

    public static T RoundTrip<T>(T value) => Codecs.FromBytes<T>(Codecs.ToBytes(value));
}
