namespace Molino.Storage;

/// <summary>A part of a large result. Stores compress it; here it is not.</summary>
/// <param name="Index">Counts the parts, from 0, without gaps.</param>
/// <param name="FirstItem">Items before this part: lines, or bytes of a result kept whole.</param>
/// <param name="Items">Items in this part.</param>
/// <param name="Data">The bytes; up to 8 MiB.</param>
public sealed record ResultChunk(int Index, long FirstItem, long Items, ReadOnlyMemory<byte> Data);
