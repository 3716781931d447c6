using Molino.Core;

namespace Molino.Chaos;

/// <summary>All that is known of one job.</summary>
/// <param name="job">Its id.</param>
internal sealed class JobStory(string job)
{
    public string Job { get; } = job;

    /// <summary>What was submitted; null when no submit of it was acknowledged.</summary>
    public JobPlan? Plan { get; set; }

    /// <summary>The submits that were answered with it, oldest first.</summary>
    public List<HistoryEntry.Acknowledged> Acknowledged { get; } = [];

    /// <summary>Runs of its handler, by start.</summary>
    public List<Run> Runs { get; } = [];

    /// <summary>What clients saw, by the time of the answer; the last look at it by every silo is in it.</summary>
    public List<HistoryEntry.Seen> Seen { get; } = [];

    /// <summary>Its events, by number.</summary>
    public List<HistoryEntry.Logged> Logged { get; } = [];

    public bool CancelAsked { get; set; }

    /// <summary>The look at the end by which it is judged; null when no silo answered.</summary>
    public HistoryEntry.Seen? Last => Seen.LastOrDefault(seen => seen.Final);

    /// <summary>The first time that a client saw it ended; null when nobody did.</summary>
    public HistoryEntry.Seen? FirstEnd => Seen.FirstOrDefault(seen => seen.Status is { } status && status.IsTerminal());
}
