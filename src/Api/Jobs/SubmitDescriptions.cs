using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the submits.</summary>
internal static class SubmitDescriptions
{
    /// <summary>How to wait for a job's end.</summary>
    public static readonly ApiParameter Wait = new("wait", ParameterKind.Duration, "Hold the answer until the job has ended, at most so long: 0 to 3,600 seconds. Default 0.");

    /// <summary>What can keep a submit from being taken.</summary>
    public static readonly string[] Refusals =
    [
        ErrorCodes.InvalidJob, ErrorCodes.NotAvailable, ErrorCodes.UnknownType, ErrorCodes.IdempotencyConflict, ApiErrorCodes.Maintenance,
        ErrorCodes.StoreUnavailable, ErrorCodes.StoreFull, ErrorCodes.OutcomeUnknown, ErrorCodes.ShuttingDown,
    ];

    /// <summary><c>POST /api/jobs</c>.</summary>
    public static readonly ApiCall One = new()
    {
        Name = "submitJob",
        Group = "Jobs",
        Summary = "Submit a job",
        Description = "The job is durable when this is answered. Whether it is worked on at once depends on its queue, its priority and the free slots.",
        Role = Role.Operator,
        InvalidCode = ErrorCodes.InvalidJob,
        Query = [Wait],
        Body = new ApiBody(typeof(JobSubmission), """{"type":"echo","args":{"text":"hello"},"priority":7,"idempotencyKey":"order-4711"}"""),
        Answers =
        [
            new ApiAnswer(202, "Accepted; `Location` is the job.", typeof(JobView), JobDescriptions.QueuedExample),
            new ApiAnswer(200, "The idempotency key was known and this is its first job, or the job ended within the wait.", typeof(JobView), JobDescriptions.DoneExample),
        ],
        Errors = Refusals,
    };

    /// <summary><c>POST /api/jobs/batch</c>.</summary>
    public static readonly ApiCall Batch = new()
    {
        Name = "submitJobs",
        Group = "Jobs",
        Summary = "Submit many jobs",
        Description = "All or nothing, 1 to 1,000 jobs; errors name the job by its place, for example `[3].priority`. With `atomic=false` each stands for itself, "
            + "1 to 10,000 jobs, and the answer is a list in the batch's order: `{id}`, `{id, duplicate}` or `{error: {code, message, errors}}`.",
        Role = Role.Operator,
        InvalidCode = ErrorCodes.InvalidJob,
        Query = [new("atomic", ParameterKind.Flag, "Whether all are refused when one is. Default true.")],
        Body = new ApiBody(typeof(IReadOnlyList<JobSubmission>), """[{"type":"noop"},{"type":"sleep","args":{"seconds":2},"queue":"slow"}]""", ApiBody.Batch),
        Answers =
        [
            new ApiAnswer(202, "Accepted: `{ids}` in order, or with `atomic=false` an answer per job.", typeof(BatchIdsView), """{"ids":["06fky2m4a0r8vq3t5x7z9b1c2d"]}"""),
        ],
        Errors = Refusals,
    };
}
