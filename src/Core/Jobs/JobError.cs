using Orleans;

namespace Molino.Core;

/// <summary>Why an attempt, or the job, failed.</summary>
/// <param name="Type">The kind of error, for example an exception's type name, <c>TimeLimitExceeded</c> or <c>CrashLoop</c>.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Detail">More, such as a stack trace, a position or last output; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("job.error.v1")]
public sealed record JobError([property: Id(0)] string Type, [property: Id(1)] string Message, [property: Id(2)] string? Detail = null)
{
    /// <summary><see cref="Type"/> of a job that was running whenever its silo died.</summary>
    public const string CrashLoop = "CrashLoop";

    /// <summary><see cref="Type"/> of an attempt that was stopped at its hard time limit.</summary>
    public const string TimeLimitExceeded = "TimeLimitExceeded";

    /// <summary><see cref="Type"/> of an attempt whose child process ended by itself.</summary>
    public const string ChildProcessExited = "ChildProcessExited";

    /// <summary><see cref="Type"/> of a cancelled job.</summary>
    public const string CancelledType = "Cancelled";

    /// <summary><see cref="Type"/> of a job that was not started in time.</summary>
    public const string ExpiredType = "Expired";
}
