using Molino.Core;

namespace Molino;

/// <summary>What jobs of a type get when a submit does not say otherwise.</summary>
public sealed class JobTypeOptions
{
    /// <summary>One line for people, shown by <c>GET /api/types</c>.</summary>
    public string? Description { get; set; }

    /// <summary>The queue; null for the one that the routes give, else <c>default</c>.</summary>
    public string? Queue { get; set; }

    /// <summary>The priority, 0 to 10. Default 5.</summary>
    public int Priority { get; set; } = JobPriority.Default;

    /// <summary>All attempts, the first included. Default 4.</summary>
    public int MaxAttempts { get; set; } = RetryPolicy.DefaultMaxAttempts;

    /// <summary>The waits between attempts. Default 60 s, doubled, at most 600 s, full jitter.</summary>
    public RetryPolicy Retry { get; set; } = RetryPolicy.Default;

    /// <summary>Time limits. Default 300 s hard, 240 s soft.</summary>
    public TimeLimits TimeLimits { get; set; } = TimeLimits.Default;

    /// <summary>Whether an exception means that no further attempt can help. Default: only <see cref="PermanentJobException"/>.</summary>
    public Func<Exception, bool> IsPermanent { get; set; } = static error => error is PermanentJobException;
}
