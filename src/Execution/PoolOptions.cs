using System.ComponentModel.DataAnnotations;

namespace Molino.Execution;

/// <summary>One pool: configuration <c>Pools:&lt;name&gt;</c>.</summary>
public sealed class PoolOptions
{
    /// <summary>How attempts run: <c>inline</c> (in the silo, hundreds at once) or <c>process</c> (child processes, one job each at a time). Default inline.</summary>
    public string Kind { get; set; } = "inline";

    /// <summary>The queues it serves; empty for all.</summary>
    public IList<string> Queues { get; set; } = [];

    /// <summary>Jobs at once. Default 100; for <c>process</c> the number of children.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 100;

    /// <summary>A child is replaced after so many jobs; 0 for never. Default 0. Kind <c>process</c> only.</summary>
    [Range(0, int.MaxValue)]
    public int MaxJobsPerChild { get; set; }

    /// <summary>A child whose resident memory is above this many megabytes is replaced after its job; 0 for never. Default 0. Kind <c>process</c> only.</summary>
    [Range(0, 1_048_576)]
    public int MaxMemoryMb { get; set; }
}
