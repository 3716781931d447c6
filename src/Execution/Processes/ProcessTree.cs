using System.Text;

namespace Molino.Execution.Processes;

/// <summary>
/// A process with all that descends from it. Members are found three ways, because each alone can be escaped: by the chain of parents,
/// by the session of the root, and by an environment mark that descendants inherit.
/// </summary>
/// <remarks>The calling process is never a member. Not for use by several threads at once.</remarks>
internal sealed class ProcessTree
{
    private readonly ProcessIdentity? _root;
    private readonly byte[]? _mark;
    private readonly HashSet<ProcessIdentity> _unmarked = [];

    /// <summary>Describes a tree.</summary>
    /// <param name="root">Its root; null when only the mark is known.</param>
    /// <param name="mark">The entry <c>NAME=value</c> in the environment of its members; null when there is none.</param>
    internal ProcessTree(ProcessIdentity? root, string? mark)
    {
        _root = root;
        _mark = mark is null ? null : Encoding.UTF8.GetBytes(mark);
    }

    /// <summary>Sends a signal to every member.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="withRoot">Whether the root gets it, too.</param>
    /// <returns>How many it was sent to: 0 when none is left.</returns>
    internal int Signal(int signal, bool withRoot)
    {
        var members = Members(withRoot);
        foreach (var member in members) _ = Native.Kill(member.Pid, signal);
        return members.Count;
    }

    /// <summary>The members that run now.</summary>
    /// <param name="withRoot">Whether the root counts.</param>
    internal List<ProcessEntry> Members(bool withRoot)
    {
        var table = ProcessTable.Read();
        var rootRuns = _root is { } root && table.Exists(entry => entry.Identity == root);
        var members = new Dictionary<int, ProcessEntry>();
        foreach (var entry in table)
        {
            if (IsMember(entry, rootRuns)) members[entry.Pid] = entry;
        }

        // Parents may stand behind their children in the table: repeat until nothing is added.
        int before;
        do
        {
            before = members.Count;
            foreach (var entry in table)
            {
                if (members.TryGetValue(entry.Parent, out var parent) && parent.Start <= entry.Start) members.TryAdd(entry.Pid, entry);
            }
        }
        while (members.Count > before);

        return [.. members.Values.Where(entry => entry.IsRunning && entry.Pid != Environment.ProcessId && (withRoot || entry.Identity != _root))];
    }

    private bool IsMember(ProcessEntry entry, bool rootRuns)
    {
        if (_root is { } root)
        {
            if (entry.Identity == root) return true;

            // The number of a session is not given to another process while it has members; but without its leader nothing proves when it began.
            if (rootRuns && entry.Session == root.Pid && entry.Start >= root.Start) return true;
        }

        return _mark is not null && IsMarked(entry);
    }

    private bool IsMarked(ProcessEntry entry)
    {
        if (!entry.IsRunning || _unmarked.Contains(entry.Identity)) return false;
        if (ProcessTable.TryReadEnvironment(entry.Pid) is not { } environment) return false;
        if (ProcessMark.Holds(environment, _mark)) return true;
        _unmarked.Add(entry.Identity);
        return false;
    }
}
