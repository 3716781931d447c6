using Orleans;

namespace Molino.Core;

/// <summary>Why an attempt, or the job, failed.</summary>
/// <param name="Type">The kind of error, for example an exception's type name, <c>TimeLimitExceeded</c> or <c>CrashLoop</c>.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Detail">More, such as a stack trace, a position or last output; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("job.error.v1")]
public sealed record JobError([property: Id(0)] string Type, [property: Id(1)] string Message, [property: Id(2)] string? Detail = null)
{
    /// <summary>Most characters of an attempt's <see cref="Type"/>.</summary>
    public const int MaxTypeLength = 200;

    /// <summary>Most characters of an attempt's <see cref="Message"/>.</summary>
    public const int MaxMessageLength = 2_000;

    /// <summary>Most characters of an attempt's <see cref="Detail"/>.</summary>
    public const int MaxDetailLength = 8 * 1024;

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

    /// <summary>The error within its limits: an error is kept per attempt and goes with the job wherever that is read.</summary>
    /// <returns>An error whose parts are cut by <see cref="TextLimit.Cut"/> where they are longer than the limits.</returns>
    public JobError Bounded() => new(
        TextLimit.Cut(Type, MaxTypeLength),
        TextLimit.Cut(Message, MaxMessageLength),
        Detail is null ? null : TextLimit.Cut(Detail, MaxDetailLength));
}
