using Molino.Core;

namespace Molino.Chaos;

/// <summary>P2: a job has one outcome, which never changes once seen, of one run, and for a reason.</summary>
internal sealed class OneOutcome : IPromise
{
    private const string Name = "P2";
    private const int LossesUntilSuspect = 3;

    public IEnumerable<Violation> Check(History history) => history.Jobs.SelectMany(job => CheckSeen(history, job).Concat(CheckLog(job)).Concat(CheckReason(job)));

    private static IEnumerable<Violation> CheckSeen(History history, JobStory job)
    {
        HistoryEntry.Seen? end = null;
        foreach (var seen in job.Seen)
        {
            if (end is not null && seen.SentAt > end.At && (seen.Status, seen.Run) != (end.Status, end.Run))
            {
                if (!history.MayBeLost(end.SentAt, end.At)) yield return new Violation(Name, $"was seen {Text(end)}, and later {Text(seen)}", job.Job);
                end = null;
            }

            if (end is null && seen.Status is { } status && status.IsTerminal()) end = seen;
        }

        var last = job.Seen.Where(seen => seen.Final).Select(Text).Distinct(StringComparer.Ordinal).ToList();
        if (last.Count > 1) yield return new Violation(Name, $"is at the end {string.Join(" for one silo and ", last)} for another", job.Job);
    }

    private static IEnumerable<Violation> CheckLog(JobStory job)
    {
        var ends = job.Logged.Where(logged => logged.Status.IsTerminal()).ToList();
        if (ends.Count > 1) yield return new Violation(Name, $"reached an end {ends.Count} times: {string.Join(", ", ends.Select(end => end.Kind))}", job.Job);
        if (job.Last is not { Status: { } status } || !status.IsTerminal()) yield break;
        if (ends.Count == 0) yield return new Violation(Name, $"is {status}, and the event log has no end of it", job.Job);
        else if (ends[^1].Status != status) yield return new Violation(Name, $"is {status}, and {ends[^1].Status} in the event log", job.Job);
    }

    private static IEnumerable<Violation> CheckReason(JobStory job)
    {
        if (job.Last is not { Status: { } status } last || job.Plan is not { } plan) yield break;
        var reason = status switch
        {
            JobStatus.Succeeded when job.Runs.Find(run => run.Name == last.Run) is not { IsOk: true } => $"succeeded by run {last.Run}, which never ended well",
            JobStatus.Failed when last.Error == JobError.CrashLoop => job.Runs.Count < LossesUntilSuspect ? $"is quarantined after {job.Runs.Count} runs" : null,
            JobStatus.Failed when plan.Fails < JobPlan.MaxAttempts => $"failed ({last.Error}), and was to succeed at attempt {plan.Fails + 1}",
            JobStatus.Cancelled when !job.CancelAsked => "is cancelled, and nobody asked for it",
            JobStatus.Expired => "expired without an expiry",
            _ => null,
        };
        if (reason is not null) yield return new Violation(Name, reason, job.Job);
    }

    private static string Text(HistoryEntry.Seen seen) => seen.Status is null ? "unknown" : seen.Run is null ? $"{seen.Status}" : $"{seen.Status} by run {seen.Run}";
}
