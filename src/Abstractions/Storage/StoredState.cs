namespace Molino.Storage;

/// <summary>A record of grain state as stored.</summary>
/// <param name="Bytes">The content.</param>
/// <param name="Etag">Changes with every write; never used twice for a record, not even after it was removed.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Bytes, string Etag);
