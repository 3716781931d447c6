using Molino.Chaos.Silo;

namespace Molino.Chaos;

/// <summary>One call of a handler, as the worker saw it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Job">The job.</param>
/// <param name="Attempt">The counted attempt.</param>
/// <param name="Silo">The silo's name in the cluster.</param>
/// <param name="Process">Its process.</param>
/// <param name="Node">Its number; 0 when nobody knows the process.</param>
/// <param name="Start">When it began.</param>
internal sealed record Run(string Name, string Job, int Attempt, string Silo, int Process, int Node, long Start)
{
    /// <summary>When it ended; null when it did not.</summary>
    public long? End { get; set; }

    /// <summary>How it ended; null when it did not.</summary>
    public string? Outcome { get; set; }

    /// <summary>Whether the handler returned a result.</summary>
    public bool IsOk => Outcome == WorkRecord.Ok;

    /// <summary>Whether it went on at a moment.</summary>
    public bool LivesAt(long moment) => Start <= moment && (End is null || End > moment);
}
