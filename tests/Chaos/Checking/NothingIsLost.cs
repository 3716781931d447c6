using Molino.Core;

namespace Molino.Chaos;

/// <summary>P1: every acknowledged job is there at the end, and finished; a key stands for one job. What a killed Redis had not on disk may be gone.</summary>
internal sealed class NothingIsLost : IPromise
{
    private const string Name = "P1";

    public IEnumerable<Violation> Check(History history) =>
        history.Jobs.Where(job => job.Acknowledged.Count > 0).SelectMany(job => CheckJob(history, job)).Concat(CheckKeys(history));

    /// <summary>Whether a job is gone that may be.</summary>
    public static bool IsLostInWindow(History history, JobStory job) =>
        job is { Acknowledged: [var first, ..], Last.Status: null } && history.MayBeLost(first.SentAt, first.At);

    private static IEnumerable<Violation> CheckJob(History history, JobStory job)
    {
        if (job.Last is not { } last) yield return new Violation(Name, "was acknowledged, and no silo answers for it at the end", job.Job);
        else if (last.Status is null && !IsLostInWindow(history, job)) yield return new Violation(Name, $"was acknowledged and is lost ({last.Error})", job.Job);
        else if (last.Status is { } status && !status.IsTerminal()) yield return new Violation(Name, $"was acknowledged and is not finished, but {status}", job.Job);
    }

    private static IEnumerable<Violation> CheckKeys(History history)
    {
        foreach (var key in history.Entries.OfType<HistoryEntry.Acknowledged>().GroupBy(acknowledged => acknowledged.Key, StringComparer.Ordinal))
        {
            var before = key.First();
            foreach (var acknowledged in key.Where(acknowledged => acknowledged.Job != before.Job))
            {
                if (!history.MayBeLost(before.SentAt, before.At)) yield return new Violation(Name, $"key {key.Key} stands for this job and for {before.Job}", acknowledged.Job);
                before = acknowledged;
            }
        }
    }
}
