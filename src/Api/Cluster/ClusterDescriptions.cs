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
        Summary = "List the worker pools of all silos",
        Description = "Those of a silo that does not answer are shown as it told of them last; those of dead silos are left out.",
        Answers =
        [
            new ApiAnswer(
                200,
                "The pools.",
                typeof(IReadOnlyList<PoolView>),
                """[{"name":"default","silo":"mill-1","kind":"inline","queues":[],"concurrency":100,"running":2,"lost":0,"completed":1200}]"""),
        ],
    };
}
