namespace Molino.Execution.Processes;

/// <summary>A child runner as recorded under the data folder.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Start">Its start, in clock ticks since boot, from <c>/proc/&lt;pid&gt;/stat</c>: tells it from a later process with the same id.</param>
/// <param name="Group">Its process group and session.</param>
/// <param name="OwnerPid">The silo's process id.</param>
/// <param name="OwnerStart">The silo's start.</param>
/// <param name="Boot">The boot it belongs to: process ids and starts mean nothing after another.</param>
/// <param name="Mark">Its environment mark.</param>
internal sealed record RunnerRecord(int Pid, long Start, int Group, int OwnerPid, long OwnerStart, string Boot, string Mark)
{
    internal ProcessIdentity Runner => new(Pid, Start);

    internal ProcessIdentity Owner => new(OwnerPid, OwnerStart);
}
