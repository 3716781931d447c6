using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Molino.Execution.Processes;

/// <summary>How a silo knows the processes it started: it marks them, records them, and ends at its start what an earlier run of it left behind.</summary>
/// <remarks>One per silo. A process counts as left behind when it carries this silo's mark and the silo process that started it no longer runs.</remarks>
public sealed class SiloProcesses
{
    private readonly string _mark;
    private readonly TimeProvider _time;
    private readonly ILogger<SiloProcesses> _logger;
    private readonly Lock _gate = new();
    private Task? _leftovers;
    private int _places;

    /// <summary>Creates it.</summary>
    /// <param name="siloKey">What stays the same across restarts of this silo and differs from every other silo on the machine, such as the full path
    /// of its data folder, or its name and the store's identity.</param>
    /// <param name="dataFolder">Where child runners are recorded, in a folder <c>runners</c>; made when missing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where ended leftovers are reported.</param>
    public SiloProcesses(string siloKey, string dataFolder, TimeProvider time, ILogger<SiloProcesses> logger)
    {
        _mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(siloKey)).AsSpan(0, 8));
        _time = time;
        _logger = logger;
        Records = new RunnerRecords(Path.Combine(dataFolder, "runners"));
    }

    internal RunnerRecords Records { get; }

    /// <summary>How the environment entry of everything begins that any run of this silo starts.</summary>
    internal string EntryBeginning => MarkEntry(_mark + "/");

    /// <summary>Ends what an earlier run of this silo left behind; returns once it is gone. Does its work once, however often it is called.</summary>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public Task EndLeftoversAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_leftovers is null or { IsFaulted: true } or { IsCanceled: true }) _leftovers = EndLeftoversOnceAsync(cancellationToken);
            return _leftovers;
        }
    }

    /// <summary>The value of the mark for something that this silo starts.</summary>
    /// <param name="place">What for, such as a pool's name.</param>
    internal string NextMark(string place) => $"{_mark}/{ProcessIdentity.Self}/{place}-{Interlocked.Increment(ref _places)}";

    internal static string MarkEntry(string mark) => $"{ProcessMark.Variable}={mark}";

    private static bool IsAlive(ProcessIdentity owner) => owner == ProcessIdentity.Self || owner.IsRunning;

    private async Task EndLeftoversOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var record in Records.ReadAll())
        {
            if (IsAlive(record.Owner)) continue;
            if (record.Runner.IsRunning) await EndAsync(new ProcessTree(record.Runner, MarkEntry(record.Mark)), record.Mark, cancellationToken).ConfigureAwait(false);
            Records.Remove(record.Runner);
        }

        // What is in no record (commands that ran inline, orphans of a runner that is gone) still carries the mark.
        foreach (var mark in LeftMarks()) await EndAsync(new ProcessTree(null, MarkEntry(mark)), mark, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(ProcessTree tree, string mark, CancellationToken cancellationToken)
    {
        var ended = await ProcessTreeEnding.KillAsync(tree, root: null, _time, cancellationToken).ConfigureAwait(false);
        if (ended > 0) _logger.LeftoversEnded(ended, mark);
    }

    private List<string> LeftMarks()
    {
        var beginning = EntryBeginning;
        var marks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in ProcessTable.Read())
        {
            if (!entry.IsRunning || entry.Pid == Environment.ProcessId) continue;
            if (ProcessTable.TryReadEnvironment(entry.Pid) is not { } environment || ProcessMark.Find(environment, beginning) is not { } found) continue;
            var owner = found[beginning.Length..].Split('/')[0];
            if (ProcessIdentity.TryParse(owner, out var identity) && !IsAlive(identity)) marks.Add(found[(ProcessMark.Variable.Length + 1)..]);
        }

        return [.. marks];
    }
}
