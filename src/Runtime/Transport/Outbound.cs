namespace Molino.Runtime.Transport;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Type">The type of its frame.</param>
/// <param name="Payload">A call, an error, or bytes, depending on the type.</param>
/// <param name="Id">The number of the call that a response or cancellation belongs to.</param>
/// <param name="Since">The timestamp at which it began to wait.</param>
internal readonly record struct Outbound(FrameType Type, object? Payload, ulong Id, long Since);
