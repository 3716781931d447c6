using System.Text.Json.Serialization;

namespace Molino.Chaos.Silo;

/// <summary>What a worker saw of a run: one line of its journal.</summary>
/// <param name="At">Nanoseconds of the monotonic clock, which all processes of the machine share.</param>
/// <param name="Wall">The wall clock as the silo sees it, which the run may have stepped.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Job">The job.</param>
/// <param name="Run">This call of the handler, by a name that no other has.</param>
/// <param name="Attempt">The counted attempt, from 1.</param>
/// <param name="Silo">The silo's name in the cluster.</param>
/// <param name="Process">The silo's process id.</param>
/// <param name="Outcome">How it ended; null for other kinds.</param>
public sealed record WorkRecord(long At, DateTimeOffset Wall, WorkKind Kind, string Job, string Run, int Attempt, string Silo, int Process, string? Outcome)
{
    /// <summary>Outcome of a handler that returned.</summary>
    public const string Ok = "ok";

    /// <summary>Outcome of a handler that threw.</summary>
    public const string Failed = "failed";

    /// <summary>Whether the handler returned a result.</summary>
    [JsonIgnore]
    public bool IsOk => Outcome == Ok;
}
