using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on queues.</summary>
internal static class QueueDescriptions
{
    private const string Example = """{"name":"default","queued":3,"scheduled":1,"waiting":0,"running":2,"failed":0,"oldestAge":0.8,"byPriority":{"7":3},"paused":false}""";
    private static readonly string[] Lookup = [ErrorCodes.UnknownQueue, ErrorCodes.StoreUnavailable];

    /// <summary><c>GET /api/queues</c>.</summary>
    public static readonly ApiCall List = new()
    {
        Name = "listQueues",
        Group = "Queues",
        Summary = "List queues by name",
        Answers = [new ApiAnswer(200, "All queues that ever had a job.", typeof(IReadOnlyList<QueueView>), $"[{Example}]")],
        Errors = [ErrorCodes.StoreUnavailable],
    };

    /// <summary><c>GET /api/queues/{queue}</c>.</summary>
    public static readonly ApiCall Get = new()
    {
        Name = "getQueue",
        Group = "Queues",
        Summary = "Read a queue",
        Answers = [new ApiAnswer(200, "The queue.", typeof(QueueView), Example)],
        Errors = Lookup,
    };

    /// <summary><c>POST /api/queues/{queue}/pause</c>.</summary>
    public static readonly ApiCall Pause = new()
    {
        Name = "pauseQueue",
        Group = "Queues",
        Summary = "Pause a queue",
        Description = "Nothing more starts from it; what runs goes on. Durable.",
        Role = Role.Operator,
        Answers = [new ApiAnswer(200, "The queue.", typeof(QueueView), Example)],
        Errors = Lookup,
    };

    /// <summary><c>POST /api/queues/{queue}/resume</c>.</summary>
    public static readonly ApiCall Resume = Pause with { Name = "resumeQueue", Summary = "Resume a queue", Description = null };
}
