namespace Molino.Execution.Processes.Protocol;

/// <summary>One message between a silo and its child runner.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Call">The call it belongs to, counted by the child; 0 for none.</param>
/// <param name="Header">JSON by kind; may be empty.</param>
/// <param name="Body">Bytes by kind; may be empty.</param>
internal readonly record struct Frame(FrameKind Kind, uint Call, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Body);
