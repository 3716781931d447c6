using Microsoft.AspNetCore.Http;
using Molino.Core;

namespace Molino.Api;

/// <summary>Calls of the contract that this version does not have: they answer 501 <c>not_available</c>, so that nobody takes them for misspelt.</summary>
internal static class NotBuiltCalls
{
    private static readonly (string Methods, string Pattern)[] Patterns =
    [
        ("GET", "/api/jobs/{id}/explain"),
        ("POST", "/api/queues/{queue}/purge"),
        ("POST", "/api/pools/{silo}/{pool}/grow"),
        ("POST", "/api/pools/{silo}/{pool}/shrink"),
        ("POST", "/api/pools/{silo}/{pool}/restart"),
        ("POST", "/api/pools/{silo}/{pool}/autoscale"),
        ("POST", "/api/pools/{silo}/{pool}/consumers"),
        ("GET", "/api/schedules"),
        ("GET PUT DELETE", "/api/schedules/{name}"),
        ("POST", "/api/schedules/{name}/pause"),
        ("POST", "/api/schedules/{name}/resume"),
        ("POST", "/api/schedules/{name}/run"),
        ("GET", "/api/dead-letters"),
        ("POST", "/api/dead-letters/retry"),
        ("POST", "/api/dead-letters/archive"),
        ("GET PUT DELETE", "/api/limits/{name}"),
        ("GET PUT", "/api/maintenance"),
        ("GET", "/api/audit"),
        ("GET", "/metrics"),
    ];

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public static void Map(CallMap calls)
    {
        foreach (var (methods, pattern) in Patterns)
            foreach (var method in methods.Split(' ')) calls.AddHidden(method, pattern, AnswerAsync);
    }

    private static Task AnswerAsync(HttpContext context) =>
        Problem.WriteAsync(
            context,
            ProblemCatalog.Of(ErrorCodes.NotAvailable) with { Status = StatusCodes.Status501NotImplemented },
            $"{context.Request.Method} {context.Request.Path} is part of the contract, but not of this version.");
}
