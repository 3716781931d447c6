namespace Molino.Client;

/// <summary>What a submit may say besides type and arguments; what is null is the job type's default.</summary>
public sealed record SubmitOptions
{
    /// <summary>The queue: <c>[a-z0-9][a-z0-9._-]{0,99}</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>0 to 10, 10 first.</summary>
    public int? Priority { get; init; }

    /// <summary>Start so much later (Celery's countdown); not together with <see cref="RunAt"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Start at this time (ETA); a past time means at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Do not start after this.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A repeated submit with the same key and type answers the first job; up to 200 characters. With a key, a submit whose answer was lost is repeated safely.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All attempts, the first included; 1 to 1,000.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The waits between attempts.</summary>
    public RetrySubmission? Retry { get; init; }

    /// <summary>Hard limit of an attempt; above zero.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Soft limit of an attempt; above zero, not above the hard one.</summary>
    public TimeSpan? SoftTimeLimit { get; init; }

    /// <summary>Names for filters; at most 20, of up to 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether the job waits for a release. Default false.</summary>
    public bool Hold { get; init; }

    /// <summary>Joins the options with what is to be run.</summary>
    /// <param name="type">The job type.</param>
    /// <param name="args">Its arguments; empty stands for <c>{}</c>.</param>
    public JobSubmission ToSubmission(string type, RawJson args) => new()
    {
        Type = type,
        Args = args,
        Queue = Queue,
        Priority = Priority,
        Delay = Delay,
        RunAt = RunAt,
        ExpiresAt = ExpiresAt,
        IdempotencyKey = IdempotencyKey,
        MaxAttempts = MaxAttempts,
        Retry = Retry,
        TimeLimit = TimeLimit,
        SoftTimeLimit = SoftTimeLimit,
        Tags = Tags,
        Hold = Hold ? true : null,
    };
}
