using Molino.Chaos.Silo;
using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

/// <summary>A history written by hand; times are seconds.</summary>
internal sealed class Story
{
    private readonly List<HistoryEntry> _entries = [];
    private int _faults;
    private long _events;

    /// <summary>Three silos, whose processes are 101 to 103.</summary>
    public Story()
    {
        for (var node = 1; node <= FaultPlan.Silos; node++) _entries.Add(new HistoryEntry.Launched(0, node, 100 + node));
    }

    public bool FsyncAlways { get; init; }

    public History History => new(_entries, CheckLimits.For(FsyncAlways));

    public Story Submit(double at, string job, int priority = 5, string queue = JobPlan.WorkQueue, int fails = 0, string? key = null)
    {
        _entries.Add(new HistoryEntry.Sent(At(at), key ?? "key-" + job, new JobPlan(queue, priority, 100, fails, 0, null), 1));
        return Add(new HistoryEntry.Acknowledged(At(at + 0.01), At(at), key ?? "key-" + job, job, 1)).Log(job, JobEventKind.Submitted, JobStatus.Queued, queue: queue);
    }

    public Story Refuse(double at, int status) => Add(new HistoryEntry.Unanswered(At(at), "key", 1, status, "why"));

    public Story Cancel(double at, string job) => Add(new HistoryEntry.CancelAsked(At(at), job, 1));

    /// <summary>A lease and the start of a run on a silo.</summary>
    public Story Start(double at, string job, string run, int node, string queue = JobPlan.WorkQueue) =>
        Log(job, JobEventKind.Leased, JobStatus.Running, SiloOf(node), queue).StartOnly(at, job, run, node);

    public Story StartOnly(double at, string job, string run, int node) => Work(at, WorkKind.Start, job, run, node, null);

    public Story End(double at, string job, string run, int node, string outcome = WorkRecord.Ok) => Work(at, WorkKind.End, job, run, node, outcome);

    public Story Log(string job, JobEventKind kind, JobStatus status, string? silo = null, string queue = JobPlan.WorkQueue) =>
        Add(new HistoryEntry.Logged(At(1000), ++_events, job, kind, status, 1, queue, silo));

    public Story See(double at, string job, JobStatus? status, string? run = null, string? error = null, int node = 1, bool final = false) =>
        Add(new HistoryEntry.Seen(At(at), At(at - 1), job, node, status, run, error, final));

    /// <summary>The job succeeds by a run, in the log and for all silos at the end.</summary>
    public Story Succeed(string job, string run) => Log(job, JobEventKind.Succeeded, JobStatus.Succeeded).Last(job, JobStatus.Succeeded, run);

    /// <summary>What all silos answer at the end.</summary>
    public Story Last(string job, JobStatus? status, string? run = null, string? error = null)
    {
        for (var node = 1; node <= FaultPlan.Silos; node++) See(900 + node, job, status, run, error, node, final: true);
        return this;
    }

    public Story Fault(double from, double to, FaultKind kind, int node = 0)
    {
        var fault = new Fault(++_faults, kind, from, to - from, node);
        Add(new HistoryEntry.FaultBegan(At(from), fault)).Add(new HistoryEntry.FaultEnded(At(to), fault));
        if (kind != FaultKind.Kill) return this;
        return Gone(from, node, byItself: false).Add(new HistoryEntry.Launched(At(to) - 1, node, 200 + _faults));
    }

    public Story Gone(double at, int node, bool byItself) => Add(new HistoryEntry.Gone(At(at), node, 100 + node, byItself));

    public Story Removed(int node) => Add(new HistoryEntry.Removed(At(950), SiloOf(node)));

    public Story Healed(double at, int node, double redisBackAt) => Add(new HistoryEntry.Healed(At(at), node, At(redisBackAt)));

    public Story Stalled(double at, double late) => Add(new HistoryEntry.Stalled(At(at), At(late)));

    /// <summary>A job that goes as it should.</summary>
    public Story Good(double at, string job, int node = 1) =>
        Submit(at, job).Start(at + 0.1, job, "run-" + job, node).End(at + 0.2, job, "run-" + job, node).See(at + 2, job, JobStatus.Succeeded, "run-" + job).Succeed(job, "run-" + job);

    public IReadOnlyList<Violation> Check() => Checker.Check(History);

    /// <summary>The one promise that is broken, once or more, and what is said of it.</summary>
    public string Broken(string promise)
    {
        var violations = Check();
        violations.ShouldNotBeEmpty();
        violations.ShouldAllBe(violation => violation.Promise == promise);
        return violations[0].Text;
    }

    private static string SiloOf(int node) => FormattableString.Invariant($"silo-{node}");

    private static long At(double seconds) => (long)(seconds * Moment.Second);

    private Story Work(double at, WorkKind kind, string job, string run, int node, string? outcome) =>
        Add(new HistoryEntry.Worked(new WorkRecord(At(at), DateTimeOffset.UnixEpoch, kind, job, run, 1, SiloOf(node), 100 + node, outcome)));

    private Story Add(HistoryEntry entry)
    {
        _entries.Add(entry);
        return this;
    }
}
