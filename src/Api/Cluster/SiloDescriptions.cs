using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on silos.</summary>
internal static class SiloDescriptions
{
    private const string Active =
        """{"id":"mill-1-4711@20260131T080000000","version":"0.1.0","startedAt":"2026-01-31T08:00:00Z","status":"active","name":"mill-1-4711","address":"10.0.0.1:11111","http":["http://10.0.0.1:8080"],"running":2,"store":{"status":"ok"},"beatAge":0.4}""";

    private const string Draining =
        """{"id":"mill-1-4711@20260131T080000000","version":"0.1.0","startedAt":"2026-01-31T08:00:00Z","status":"draining","name":"mill-1-4711","address":"10.0.0.1:11111","http":["http://10.0.0.1:8080"],"running":2,"store":{"status":"ok"},"beatAge":0.1}""";

    /// <summary><c>GET /api/silos</c>.</summary>
    public static readonly ApiCall List = new()
    {
        Name = "listSilos",
        Group = "Cluster",
        Summary = "List the silos of the cluster",
        Description = """
            The silo asked goes first. Each silo says every second how it is; one that has said nothing for 3 s is `suspect`, one that the cluster removed is `dead` and shown for 5 minutes.
            While the store is away, the others are shown as they were seen last. Answers within 2 s.
            """,
        Answers = [new ApiAnswer(200, "The silos.", typeof(IReadOnlyList<SiloView>), $"[{Active}]")],
    };

    /// <summary><c>POST /api/silos/{id}/drain</c>.</summary>
    public static readonly ApiCall Drain = new()
    {
        Name = "drainSilo",
        Group = "Cluster",
        Summary = "Let a silo take no more work",
        Description = """
            May be asked of any silo, about any silo: by its id, or by its name where one silo has it. What runs there may end; after `Drain:Timeout` the rest is told to stop and goes back
            to its queue, its attempt not counted. The silo stays up, answers HTTP, and is `draining` until it is resumed or ends. A silo that does not answer obeys once it does.
            """,
        Role = Role.Operator,
        Answers = [new ApiAnswer(202, "The silo.", typeof(SiloView), Draining)],
        Errors = [ErrorCodes.NotFound, ErrorCodes.StoreUnavailable],
    };

    /// <summary><c>POST /api/silos/{id}/resume</c>.</summary>
    public static readonly ApiCall Resume = Drain with
    {
        Name = "resumeSilo",
        Summary = "Let a silo take work again",
        Description = "Ends a drain, also one under way. A silo that is being shut down cannot be resumed.",
        Answers = [new ApiAnswer(202, "The silo.", typeof(SiloView), Active)],
    };

    /// <summary><c>POST /api/silos/{id}/shutdown</c>.</summary>
    public static readonly ApiCall Shutdown = Drain with
    {
        Name = "shutdownSilo",
        Summary = "Drain a silo, then end its process",
        Description = "The process ends with exit code 0 once nothing runs on it, or `Drain:Timeout` is over and the rest has been handed back.",
        Role = Role.Admin,
    };
}
