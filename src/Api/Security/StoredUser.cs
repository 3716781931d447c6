namespace Molino.Api;

/// <summary>A user as it is stored.</summary>
/// <param name="Name">The name, <c>[a-z0-9][a-z0-9._-]{0,99}</c>.</param>
/// <param name="Value">Opaque; below 1 KiB.</param>
public sealed record StoredUser(string Name, ReadOnlyMemory<byte> Value);
