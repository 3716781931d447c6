using Molino.Core;

namespace Molino.Client;

/// <summary>The job that was waited for failed for good; it is a dead letter.</summary>
public sealed class JobFailedException : JobSystemException
{
    /// <summary>Describes the failure.</summary>
    /// <param name="job">The job.</param>
    /// <param name="error">Its last error; null when it is not known.</param>
    public JobFailedException(JobId job, JobError? error)
        : base(ErrorCodes.Failed, error is null ? $"Job {job} failed." : $"{error.Type}: {error.Message}")
    {
        Job = job;
        ErrorType = error?.Type;
        Detail = error?.Detail;
    }

    /// <summary>The job.</summary>
    public JobId Job { get; }

    /// <summary>The kind of error, for example an exception's type name or <c>TimeLimitExceeded</c>.</summary>
    public string? ErrorType { get; }

    /// <summary>More, such as the handler's stack trace.</summary>
    public string? Detail { get; }
}
