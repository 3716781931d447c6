using Molino.Core;
using Orleans;

namespace Molino.Client;

/// <summary>A job as <c>GET /api/jobs/{id}</c> answers it. In lists, result and history are left out.</summary>
[GenerateSerializer, Immutable, Alias("client.job.v1")]
public sealed record JobView
{
    /// <summary>The job's id.</summary>
    [Id(0)]
    public required JobId Id { get; init; }

    /// <summary>Its type.</summary>
    [Id(1)]
    public required string Type { get; init; }

    /// <summary>Its queue now.</summary>
    [Id(2)]
    public required string Queue { get; init; }

    /// <summary>Its priority now, 0 to 10, 10 first.</summary>
    [Id(3)]
    public required int Priority { get; init; }

    /// <summary>Its state.</summary>
    [Id(4)]
    public required JobStatus Status { get; init; }

    /// <summary>Counted attempts, the running one included.</summary>
    [Id(5)]
    public required int Attempt { get; init; }

    /// <summary>All attempts that may count.</summary>
    [Id(6)]
    public required int MaxAttempts { get; init; }

    /// <summary>Counts the leases.</summary>
    [Id(7)]
    public required int Epoch { get; init; }

    /// <summary>The arguments.</summary>
    [Id(8)]
    public RawJson Args { get; init; }

    /// <summary>The result of a succeeded job, when it is JSON of up to 64 KiB; larger ones come from <c>/result</c>.</summary>
    [Id(9)]
    public RawJson? Result { get; init; }

    /// <summary>The last attempt's error, or why the job ended.</summary>
    [Id(10)]
    public JobError? Error { get; init; }

    /// <summary>Progress of the current or last attempt.</summary>
    [Id(11)]
    public ProgressView? Progress { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    [Id(12)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may start, UTC.</summary>
    [Id(13)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it must have started, UTC.</summary>
    [Id(14)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the current or last attempt started, UTC.</summary>
    [Id(15)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached a terminal state, UTC.</summary>
    [Id(16)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a stop was first asked for, UTC.</summary>
    [Id(17)]
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Why it was to be stopped.</summary>
    [Id(18)]
    public string? CancelReason { get; init; }

    /// <summary>Where it runs or last ran.</summary>
    [Id(19)]
    public string? Silo { get; init; }

    /// <summary>The pool it runs or last ran in.</summary>
    [Id(20)]
    public string? Pool { get; init; }

    /// <summary>Resources held while running; empty in this version.</summary>
    [Id(21)]
    public IReadOnlyList<string> Resources { get; init => field = value ?? []; } = [];

    /// <summary>Names for filters.</summary>
    [Id(22)]
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Jobs it depends on; empty in this version.</summary>
    [Id(23)]
    public IReadOnlyList<JobId> Parents { get; init => field = value ?? []; } = [];

    /// <summary>Jobs it submitted, as far as they are known; empty in this version.</summary>
    [Id(24)]
    public IReadOnlyList<JobId> Children { get; init => field = value ?? []; } = [];

    /// <summary>What a waiting job waits for, for example <c>hold</c>.</summary>
    [Id(25)]
    public string? WaitingFor { get; init; }

    /// <summary>Ended attempts, oldest first, the newest 20.</summary>
    [Id(26)]
    public IReadOnlyList<AttemptView>? History { get; init; }

    /// <summary>Whether the state is final.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTerminal => Status.IsTerminal();
}
