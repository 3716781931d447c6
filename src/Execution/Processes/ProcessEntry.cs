namespace Molino.Execution.Processes;

/// <summary>A process as <c>/proc/&lt;pid&gt;/stat</c> shows it.</summary>
/// <param name="Pid">Its id, which is used again once the process is gone.</param>
/// <param name="State">One letter; Z for a zombie.</param>
/// <param name="Parent">Its parent's id.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="Start">When it started, in clock ticks since boot: with <paramref name="Pid"/> it names one process.</param>
internal readonly record struct ProcessEntry(int Pid, char State, int Parent, int Group, int Session, long Start)
{
    /// <summary>False for a zombie: it holds nothing but its id until its parent takes note.</summary>
    internal bool IsRunning => State is not ('Z' or 'X');

    internal ProcessIdentity Identity => new(Pid, Start);
}
