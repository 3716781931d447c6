using Orleans;

namespace Molino.Storage;

/// <summary>A part of a large result. Stores compress it; here it is not.</summary>
/// <param name="Index">Counts the parts, from 0, without gaps.</param>
/// <param name="FirstItem">Items before this part: lines, or bytes of a result kept whole.</param>
/// <param name="Items">Items in this part.</param>
/// <param name="Data">The bytes; up to 8 MiB.</param>
[GenerateSerializer, Immutable, Alias("store.result-chunk.v1")]
public sealed record ResultChunk(
    [property: Id(0)] int Index, [property: Id(1)] long FirstItem, [property: Id(2)] long Items, [property: Id(3)] ReadOnlyMemory<byte> Data);
