using Molino.Client;

namespace Molino.Api;

/// <summary>Describes the calls on the cluster.</summary>
internal static class ClusterDescriptions
{
    /// <summary><c>GET /api/types</c>.</summary>
    public static readonly ApiCall Types = new()
    {
        Name = "listTypes",
        Group = "Cluster",
        Summary = "List the registered job types",
        Answers =
        [
            new ApiAnswer(
                200,
                "The types by name, with the JSON schema of their arguments.",
                typeof(IReadOnlyList<TypeView>),
                """[{"name":"sleep","description":"Sleeps.","queue":"default","schema":{"type":"object","properties":{"seconds":{"type":"number"}}},"maxAttempts":4,"timeLimit":300,"softTimeLimit":240,"priority":5}]"""),
        ],
    };

    /// <summary><c>GET /api/pools</c>.</summary>
    public static readonly ApiCall Pools = new()
    {
        Name = "listPools",
        Group = "Cluster",
        Summary = "List the worker pools",
        Answers =
        [
            new ApiAnswer(
                200,
                "The pools of all silos.",
                typeof(IReadOnlyList<PoolView>),
                """[{"name":"default","silo":"mill-1","kind":"inline","queues":[],"concurrency":100,"running":2,"lost":0,"completed":1200}]"""),
        ],
    };

    /// <summary><c>GET /api/silos</c>.</summary>
    public static readonly ApiCall Silos = new()
    {
        Name = "listSilos",
        Group = "Cluster",
        Summary = "List the silos",
        Answers =
        [
            new ApiAnswer(
                200,
                "The silos of the cluster.",
                typeof(IReadOnlyList<SiloView>),
                """[{"id":"mill-1","version":"0.1.0","startedAt":"2026-01-31T08:00:00Z","status":"active"}]"""),
        ],
    };
}
