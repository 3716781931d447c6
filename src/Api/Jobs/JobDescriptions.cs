using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on jobs.</summary>
internal static class JobDescriptions
{
    /// <summary>A job that waits for a slot.</summary>
    public const string QueuedExample = """
        {"id":"06fky2m4a0r8vq3t5x7z9b1c2d","type":"echo","queue":"default","priority":7,"status":"queued","attempt":0,"maxAttempts":4,"epoch":0,"args":{"text":"hello"},"createdAt":"2026-01-31T08:00:00Z","resources":[],"tags":[],"parents":[],"children":[]}
        """;

    /// <summary>A job that has ended.</summary>
    public const string DoneExample = """
        {"id":"06fky2m4a0r8vq3t5x7z9b1c2d","type":"echo","queue":"default","priority":7,"status":"succeeded","attempt":1,"maxAttempts":4,"epoch":1,"args":{"text":"hello"},"result":{"text":"hello"},"createdAt":"2026-01-31T08:00:00Z","startedAt":"2026-01-31T08:00:00.002Z","finishedAt":"2026-01-31T08:00:00.004Z","silo":"mill-1","pool":"default","resources":[],"tags":[],"parents":[],"children":[]}
        """;

    private static readonly string[] Lookup = [ErrorCodes.NotFound, ErrorCodes.Gone, ErrorCodes.StoreUnavailable];
    private static readonly string[] Action = [.. Lookup, ErrorCodes.InvalidRequest, ErrorCodes.IllegalTransition, ErrorCodes.OutcomeUnknown, ErrorCodes.SiloUnavailable];

    /// <summary><c>GET /api/jobs</c>.</summary>
    public static readonly ApiCall List = new()
    {
        Name = "listJobs",
        Group = "Jobs",
        Summary = "List jobs, newest first",
        Description = "Items are without result and history. A filter scans boundedly: a page may hold fewer items than asked and still have a `nextCursor`.",
        Query =
        [
            new("status", ParameterKind.Status, "Only this state."),
            new("queue", ParameterKind.Text, "Only this queue."),
            new("type", ParameterKind.Text, "Only this job type."),
            new("tag", ParameterKind.Text, "Only jobs with this tag."),
            new("q", ParameterKind.Text, "Only jobs whose id, type or one tag starts with this."),
            new("from", ParameterKind.Timestamp, "Only jobs accepted at or after this."),
            new("to", ParameterKind.Timestamp, "Only jobs accepted before this."),
            new("limit", ParameterKind.Integer, "Items of a page, 1 to 1,000. Default 100."),
            new("cursor", ParameterKind.Text, "`nextCursor` of the page before."),
            new("archived", ParameterKind.Flag, "Whether dead letters that were put away are listed too. Default false."),
        ],
        Answers = [new ApiAnswer(200, "A page.", typeof(JobListView), $$"""{"items":[{{QueuedExample}}],"nextCursor":"42"}""")],
        Errors = [ErrorCodes.InvalidRequest, ErrorCodes.UnknownQueue, ErrorCodes.StoreUnavailable],
    };

    /// <summary><c>GET /api/jobs/{id}</c>.</summary>
    public static readonly ApiCall Get = new()
    {
        Name = "getJob",
        Group = "Jobs",
        Summary = "Read a job",
        Query = [SubmitDescriptions.Wait],
        Answers = [new ApiAnswer(200, "The job as it is, or as it was when the wait ended.", typeof(JobView), DoneExample)],
        Errors = Lookup,
    };

    /// <summary><c>GET /api/jobs/{id}/result</c>.</summary>
    public static readonly ApiCall Result = new()
    {
        Name = "getJobResult",
        Group = "Jobs",
        Summary = "Read a job's result",
        Query = [SubmitDescriptions.Wait],
        Answers =
        [
            new ApiAnswer(200, "The result, streamed: JSON, or what media type the handler gave it.", typeof(RawJson), """{"text":"hello"}"""),
            new ApiAnswer(202, "The job is live; there is no result yet.", typeof(JobView), QueuedExample),
        ],
        Errors = [.. Lookup, ErrorCodes.Failed, ErrorCodes.Cancelled],
    };

    /// <summary><c>GET /api/jobs/{id}/result/items</c>.</summary>
    public static readonly ApiCall Items = new()
    {
        Name = "getJobResultItems",
        Group = "Jobs",
        Summary = "Read the items that a job's handler appended to its result",
        Query = [new("from", ParameterKind.Integer, "The first item wanted. Default 0.")],
        Answers = [new ApiAnswer(200, "The items, streamed: JSON, one value a line.", typeof(RawJson), "[1,\"a\"]\n[2,\"b\"]\n", "application/x-ndjson")],
        Errors = [.. Lookup, ErrorCodes.Failed, ErrorCodes.Cancelled],
    };

    /// <summary><c>GET /api/jobs/{id}/log</c>.</summary>
    public static readonly ApiCall Log = new()
    {
        Name = "getJobLog",
        Group = "Jobs",
        Summary = "Read a job's log",
        Description = "To follow a log, give `next` back as `after` until `finished` is true.",
        Query =
        [
            new("after", ParameterKind.Integer, "Number of the last line known. Default 0: from the start."),
            new("limit", ParameterKind.Integer, "At most so many lines, 1 to 1,000. Default 1,000."),
        ],
        Answers =
        [
            new ApiAnswer(200, "Lines in order.", typeof(LogView), """{"lines":[{"number":4294967297,"at":"2026-01-31T08:00:00Z","attempt":1,"text":"started"}],"next":4294967297,"finished":false}"""),
        ],
        Errors = [ErrorCodes.InvalidRequest, .. Lookup],
    };

    /// <summary><c>POST /api/jobs/{id}/cancel</c>.</summary>
    public static readonly ApiCall Cancel = new()
    {
        Name = "cancelJob",
        Group = "Jobs",
        Summary = "Stop a job",
        Description = "Durable: a job that has not started is cancelled at once; one that runs is told to stop until it has.",
        Role = Role.Operator,
        Body = new ApiBody(typeof(CancelRequest), """{"reason":"no longer needed"}""", Optional: true),
        Answers =
        [
            new ApiAnswer(202, "The stop is on its way.", typeof(JobView), QueuedExample),
            new ApiAnswer(200, "The job has stopped.", typeof(JobView), DoneExample),
        ],
        Errors = Action,
    };

    /// <summary><c>POST /api/jobs/{id}/retry</c>.</summary>
    public static readonly ApiCall Retry = new()
    {
        Name = "retryJob",
        Group = "Jobs",
        Summary = "Send a dead letter back to its queue",
        Role = Role.Operator,
        Body = new ApiBody(typeof(RetryRequest), """{"args":{"text":"mended"}}""", Optional: true),
        Answers = [new ApiAnswer(202, "The job is queued again.", typeof(JobView), QueuedExample)],
        Errors = Action,
    };

    /// <summary><c>POST /api/jobs/{id}/release</c>.</summary>
    public static readonly ApiCall Release = new()
    {
        Name = "releaseJob",
        Group = "Jobs",
        Summary = "Release a held job",
        Role = Role.Operator,
        Answers = [new ApiAnswer(202, "The job may start.", typeof(JobView), QueuedExample)],
        Errors = Action,
    };

    /// <summary><c>PATCH /api/jobs/{id}</c>.</summary>
    public static readonly ApiCall Update = new()
    {
        Name = "updateJob",
        Group = "Jobs",
        Summary = "Change a job that has not started",
        Role = Role.Operator,
        Body = new ApiBody(typeof(JobUpdate), """{"priority":10}"""),
        Answers = [new ApiAnswer(200, "The job as it is now.", typeof(JobView), QueuedExample)],
        Errors = Action,
    };
}
