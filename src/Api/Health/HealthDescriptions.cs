using Molino.Client;

namespace Molino.Api;

/// <summary>Describes the probes.</summary>
internal static class HealthDescriptions
{
    /// <summary><c>GET /health/live</c>.</summary>
    public static readonly ApiCall Live = new()
    {
        Name = "live",
        Group = "Health",
        Summary = "Whether the process answers",
        Role = null,
        Answers = [new ApiAnswer(200, "It does.", typeof(HealthView), """{"status":"live"}""")],
    };

    /// <summary><c>GET /health/ready</c>.</summary>
    public static readonly ApiCall Ready = new()
    {
        Name = "ready",
        Group = "Health",
        Summary = "Whether the silo takes work, part by part",
        Description = """
            Judges the silo that is asked: its store, its pools, whether it takes work. The part `cluster` counts the members and names those that do not answer; that is `degraded`, and leaves the
            silo ready. Answers within 2 s. Where a login is required, `parts` is only shown to those who have one.
            """,
        Role = null,
        Answers =
        [
            new ApiAnswer(200, "It is ready.", typeof(HealthView), """{"status":"ready","parts":{"store":{"status":"ok"},"silo":{"status":"ok"},"cluster":{"status":"ok","members":3},"pool:default":{"status":"ok"}}}"""),
            new ApiAnswer(503, "It is not.", typeof(HealthView), """{"status":"not_ready","parts":{"store":{"status":"down","code":"store_unavailable","message":"The store does not answer."}}}"""),
        ],
    };
}
