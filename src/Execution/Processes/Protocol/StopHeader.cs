namespace Molino.Execution.Processes.Protocol;

/// <summary>The handler should stop.</summary>
/// <param name="Reason">Why.</param>
internal sealed record StopHeader(StopReason Reason);
