namespace Molino.Execution.Processes.Protocol;

/// <summary>The child is ready.</summary>
/// <param name="Version">The protocol it speaks.</param>
/// <param name="Pid">Its process id.</param>
internal sealed record HelloHeader(int Version, int Pid);
