using System.Text.Json.Serialization;
using Molino.Chaos.Silo;
using Molino.Core;

namespace Molino.Chaos;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When, as <see cref="Moment"/>.</param>
[JsonDerivedType(typeof(Sent), "sent")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Unanswered), "unanswered")]
[JsonDerivedType(typeof(CancelAsked), "cancelAsked")]
[JsonDerivedType(typeof(Worked), "worked")]
[JsonDerivedType(typeof(Seen), "seen")]
[JsonDerivedType(typeof(Logged), "logged")]
[JsonDerivedType(typeof(Launched), "launched")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(FaultBegan), "faultBegan")]
[JsonDerivedType(typeof(FaultEnded), "faultEnded")]
[JsonDerivedType(typeof(Healed), "healed")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(Stalled), "stalled")]
internal abstract record HistoryEntry(long At)
{
    /// <summary>A client sends a submit, for the first time or again.</summary>
    internal sealed record Sent(long At, string Key, JobPlan Plan, int Node) : HistoryEntry(At);

    /// <summary>A submit was answered.</summary>
    internal sealed record Acknowledged(long At, long SentAt, string Key, string Job, int Node) : HistoryEntry(At);

    /// <summary>A submit was refused, or its answer never came (status 0); unless the refusal is for good it will be sent again.</summary>
    internal sealed record Unanswered(long At, string Key, int Node, int Status, string Why) : HistoryEntry(At);

    /// <summary>A client asks to cancel a job; whether it is answered does not matter.</summary>
    internal sealed record CancelAsked(long At, string Job, int Node) : HistoryEntry(At);

    /// <summary>A worker wrote this into its journal.</summary>
    internal sealed record Worked(WorkRecord Record) : HistoryEntry(Record.At);

    /// <summary>A client read the job. Status null: the silo says that it does not know the job.</summary>
    internal sealed record Seen(long At, long SentAt, string Job, int Node, JobStatus? Status, string? Run, string? Error, bool Final) : HistoryEntry(At);

    /// <summary>The event log has this, read at the end. Its time is that of the reading; its order is the number.</summary>
    internal sealed record Logged(long At, long Number, string Job, JobEventKind Kind, JobStatus Status, int Attempt, string Queue, string? Silo) : HistoryEntry(At);

    /// <summary>A silo's process was started.</summary>
    internal sealed record Launched(long At, int Node, int Process) : HistoryEntry(At);

    /// <summary>A silo's process has ended: by the run's hand, or by itself.</summary>
    internal sealed record Gone(long At, int Node, int Process, bool ByItself) : HistoryEntry(At);

    /// <summary>A fault begins.</summary>
    internal sealed record FaultBegan(long At, Fault Fault) : HistoryEntry(At);

    /// <summary>A fault is over: the process answers again, the connection is open again.</summary>
    internal sealed record FaultEnded(long At, Fault Fault) : HistoryEntry(At);

    /// <summary>A silo's log says that it removed another from the cluster. The moment is that of the reading.</summary>
    internal sealed record Removed(long At, string Silo) : HistoryEntry(At);

    /// <summary>The machine did not keep up: a timer of the run's own was late.</summary>
    internal sealed record Stalled(long At, long Late) : HistoryEntry(At);

    /// <summary>A silo is ready again after an outage of Redis.</summary>
    internal sealed record Healed(long At, int Node, long RedisBackAt) : HistoryEntry(At);
}
