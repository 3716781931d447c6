using Molino.Core;

namespace Molino.Client;

/// <summary>A job as <c>GET /api/jobs/{id}</c> answers it. In lists, result and history are left out.</summary>
public sealed record JobView
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its queue now.</summary>
    public required string Queue { get; init; }

    /// <summary>Its priority now, 0 to 10, 10 first.</summary>
    public required int Priority { get; init; }

    /// <summary>Its state.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Counted attempts, the running one included.</summary>
    public required int Attempt { get; init; }

    /// <summary>All attempts that may count.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Counts the leases.</summary>
    public required int Epoch { get; init; }

    /// <summary>The arguments.</summary>
    public RawJson Args { get; init; }

    /// <summary>The result of a succeeded job, when it is JSON of up to 64 KiB; larger ones come from <c>/result</c>.</summary>
    public RawJson? Result { get; init; }

    /// <summary>The last attempt's error, or why the job ended.</summary>
    public JobError? Error { get; init; }

    /// <summary>Progress of the current or last attempt.</summary>
    public ProgressView? Progress { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may start, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it must have started, UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the current or last attempt started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached a terminal state, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a stop was first asked for, UTC.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Why it was to be stopped.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Where it runs or last ran.</summary>
    public string? Silo { get; init; }

    /// <summary>The pool it runs or last ran in.</summary>
    public string? Pool { get; init; }

    /// <summary>Resources held while running; empty in this version.</summary>
    public IReadOnlyList<string> Resources { get; init => field = value ?? []; } = [];

    /// <summary>Names for filters.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Jobs it depends on; empty in this version.</summary>
    public IReadOnlyList<JobId> Parents { get; init => field = value ?? []; } = [];

    /// <summary>Jobs it submitted, as far as they are known; empty in this version.</summary>
    public IReadOnlyList<JobId> Children { get; init => field = value ?? []; } = [];

    /// <summary>What a waiting job waits for, for example <c>hold</c>.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Ended attempts, oldest first, the newest 20.</summary>
    public IReadOnlyList<AttemptView>? History { get; init; }

    /// <summary>Whether the state is final.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTerminal => Status.IsTerminal();
}
