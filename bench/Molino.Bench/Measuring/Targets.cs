namespace Molino.Bench;

/// <summary>The targets of the design, by metric, for the embedded store with full durability; where Redis has another, the report of that run says so.</summary>
internal static class Targets
{
    private static readonly Dictionary<string, Target> ByMetric = new(StringComparer.Ordinal)
    {
        ["drain.20k"] = AtLeast(20_000),
        ["sustained.1.backlog"] = AtMost(1), // with one producer the embedded store's rate is that of its submits
        ["sustained.16"] = AtLeast(10_000),
        ["submit.one.1"] = AtLeast(3_000),
        ["submit.batch.1"] = AtLeast(100_000),
        ["latency.idle.p50"] = AtMost(1),
        ["latency.idle.p99"] = AtMost(4),
        ["latency.200ps.p50"] = AtMost(1),
        ["latency.200ps.p99"] = AtMost(3),
        ["delay.late.p50"] = AtMost(1),
        ["delay.late.p99"] = AtMost(2.5),
        ["delay.early"] = AtMost(0),
        ["memory.idle_rss"] = AtMost(120),
        ["memory.peak_rss"] = AtMost(250),
        ["memory.idle_cpu"] = AtMost(1),
        ["growth.spread"] = AtMost(20),
        ["growth.rss_peak.1m"] = AtMost(300),
        ["disk.bytes_per_queued_job"] = AtMost(350),
        ["disk.bytes_per_finished_job"] = AtMost(350),
        ["crash.running_again"] = AtMost(2),
        ["crash.never_done"] = AtMost(0),
        ["crash.finished_run_again"] = AtMost(0),
        ["failover.running_again"] = AtMost(10),
        ["failover.never_done"] = AtMost(0),
        ["failover.others_run_again"] = AtMost(0),
    };

    /// <summary>The target of a metric, or null where none was set.</summary>
    public static Target? Of(string metric) => ByMetric.GetValueOrDefault(metric);

    private static Target AtLeast(double limit) => new(limit, AtLeast: true);

    private static Target AtMost(double limit) => new(limit, AtLeast: false);
}
