using Molino.Chaos.Silo;

namespace Molino.Chaos;

/// <summary>What happened in a run, put in order: by job, by silo, by fault. Pure.</summary>
internal sealed class History
{
    private const long Unended = long.MaxValue;

    private readonly Dictionary<string, JobStory> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _nodes = [];
    private readonly HashSet<string> _removed;

    public History(IEnumerable<HistoryEntry> entries, CheckLimits limits)
    {
        Limits = limits;
        Entries = [.. entries.OrderBy(entry => entry.At)];
        foreach (var launched in Entries.OfType<HistoryEntry.Launched>()) _nodes[launched.Process] = launched.Node;
        _removed = Entries.OfType<HistoryEntry.Removed>().Select(removed => removed.Silo).ToHashSet(StringComparer.Ordinal);
        Faults = ReadFaults();
        ReadClients();
        ReadRuns();
        foreach (var logged in Entries.OfType<HistoryEntry.Logged>().OrderBy(logged => logged.Number))
        {
            Logged.Add(logged);
            Story(logged.Job).Logged.Add(logged);
        }
    }

    public CheckLimits Limits { get; }

    /// <summary>All entries by time.</summary>
    public IReadOnlyList<HistoryEntry> Entries { get; }

    public IReadOnlyList<FaultSpan> Faults { get; }

    public IReadOnlyCollection<JobStory> Jobs => _jobs.Values;

    /// <summary>The event log by number.</summary>
    public List<HistoryEntry.Logged> Logged { get; } = [];

    /// <summary>All runs by start.</summary>
    public List<Run> Runs { get; } = [];

    public JobStory? Find(string job) => _jobs.GetValueOrDefault(job);

    /// <summary>Which silo a process was.</summary>
    public int NodeOf(int process) => _nodes.GetValueOrDefault(process);

    /// <summary>When Redis was killed.</summary>
    public IEnumerable<FaultSpan> RedisKills => Faults.Where(span => span.Fault.Kind == FaultKind.Redis);

    /// <summary>Whether what was answered in this time may be lost, because Redis was killed with it not yet on disk.</summary>
    /// <param name="sent">When the question was sent.</param>
    /// <param name="answered">When the answer came.</param>
    public bool MayBeLost(long sent, long answered) =>
        Limits.LossWindow > TimeSpan.Zero && RedisKills.Any(kill => sent <= kill.From && answered >= kill.From - Moment.Of(Limits.LossWindow));

    /// <summary>Whether a silo died, or was away for so long that the others may have taken it for dead, at some moment of this time.</summary>
    public bool WasAway(int node, long from, long to) => Faults.Any(span => span.Fault.Node == node && span.Touches(from, to) && span.Fault.Kind switch
    {
        FaultKind.Kill or FaultKind.Pause => true,
        FaultKind.CutRedis => span.To - span.From >= Moment.Of(Limits.Removal),
        _ => false,
    });

    /// <summary>Whether the cluster removed this silo, which never comes back under this name.</summary>
    public bool WasRemoved(string silo) => _removed.Contains(silo);

    /// <summary>Whether the machine kept up in this time, so that how long something took says something about the silos.</summary>
    public bool KeptUp(long from, long to) =>
        Entries.OfType<HistoryEntry.Stalled>().Where(stalled => stalled.At >= from && stalled.At - stalled.Late <= to).Sum(stalled => stalled.Late) < Moment.Second;

    /// <summary>Silos that were removed although no fault had touched them while they worked: the machine, or a defect, kept them from beating.</summary>
    public IEnumerable<string> RemovedWithoutFault => _removed.Where(silo =>
        Runs.FindAll(run => run.Silo == silo) is { Count: > 0 } runs
        && !Faults.Any(span => span.Fault.Node == runs[0].Node && span.Fault.Kind is (FaultKind.Kill or FaultKind.Pause or FaultKind.CutRedis)
            && span.Touches(runs[0].Start - (5 * Moment.Second), runs[^1].Start + (20 * Moment.Second))));

    /// <summary>When a process ended; null when it did not.</summary>
    public long? EndOf(int process) => Entries.OfType<HistoryEntry.Gone>().FirstOrDefault(gone => gone.Process == process)?.At;

    private JobStory Story(string job)
    {
        if (!_jobs.TryGetValue(job, out var story)) _jobs[job] = story = new JobStory(job);
        return story;
    }

    private List<FaultSpan> ReadFaults()
    {
        var ends = Entries.OfType<HistoryEntry.FaultEnded>().ToDictionary(entry => entry.Fault.Number, entry => entry.At);
        return [.. Entries.OfType<HistoryEntry.FaultBegan>().Select(began => new FaultSpan(began.Fault, began.At, ends.GetValueOrDefault(began.Fault.Number, Unended)))];
    }

    private void ReadClients()
    {
        var plans = new Dictionary<string, JobPlan>(StringComparer.Ordinal);
        foreach (var sent in Entries.OfType<HistoryEntry.Sent>()) plans[sent.Key] = sent.Plan;
        foreach (var entry in Entries)
        {
            switch (entry)
            {
                case HistoryEntry.Acknowledged acknowledged:
                    Story(acknowledged.Job).Plan = plans.GetValueOrDefault(acknowledged.Key);
                    Story(acknowledged.Job).Acknowledged.Add(acknowledged);
                    break;
                case HistoryEntry.CancelAsked asked:
                    Story(asked.Job).CancelAsked = true;
                    break;
                case HistoryEntry.Seen seen:
                    Story(seen.Job).Seen.Add(seen);
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadRuns()
    {
        var runs = new Dictionary<string, Run>(StringComparer.Ordinal);
        foreach (var record in Entries.OfType<HistoryEntry.Worked>().Select(worked => worked.Record))
        {
            if (record.Kind == WorkKind.Start)
            {
                var run = new Run(record.Run, record.Job, record.Attempt, record.Silo, record.Process, NodeOf(record.Process), record.At);
                runs[record.Run] = run;
                Runs.Add(run);
                Story(record.Job).Runs.Add(run);
            }
            else if (record.Kind == WorkKind.End && runs.TryGetValue(record.Run, out var ended))
            {
                (ended.End, ended.Outcome) = (record.At, record.Outcome);
            }
        }
    }
}
