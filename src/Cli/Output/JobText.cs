using Molino.Client;

namespace Molino.Cli;

/// <summary>Jobs as rows and records.</summary>
internal static class JobText
{
    /// <summary>The columns of a list of jobs; stable, new ones are added at the end.</summary>
    public static readonly string[] Columns = ["id", "type", "queue", "status", "priority", "attempt", "created", "silo", "error"];

    public static string[] Row(JobView job) =>
    [
        job.Id.ToString(), job.Type, job.Queue, Text.Name(job.Status), Text.Number(job.Priority),
        $"{Text.Number(job.Attempt)}/{Text.Number(job.MaxAttempts)}", Text.Time(job.CreatedAt), job.Silo ?? string.Empty, job.Error?.Message ?? string.Empty,
    ];

    public static IEnumerable<(string Name, string Text)> Record(JobView job) =>
    [
        ("id", job.Id.ToString()),
        ("type", job.Type),
        ("queue", job.Queue),
        ("status", Text.Name(job.Status)),
        ("priority", Text.Number(job.Priority)),
        ("attempt", $"{Text.Number(job.Attempt)}/{Text.Number(job.MaxAttempts)}"),
        ("waitingFor", job.WaitingFor ?? string.Empty),
        ("tags", string.Join(',', job.Tags)),
        ("created", Text.Time(job.CreatedAt)),
        ("due", Text.Time(job.DueAt)),
        ("expires", Text.Time(job.ExpiresAt)),
        ("started", Text.Time(job.StartedAt)),
        ("finished", Text.Time(job.FinishedAt)),
        ("cancelRequested", Text.Time(job.CancelRequestedAt)),
        ("cancelReason", job.CancelReason ?? string.Empty),
        ("silo", job.Silo ?? string.Empty),
        ("pool", job.Pool ?? string.Empty),
        ("progress", $"{Text.Percent(job.Progress?.Fraction)} {job.Progress?.Message}".Trim()),
        ("args", job.Args.ToString()),
        ("result", job.Result?.ToString() ?? string.Empty),
        ("error", job.Error is { } error ? $"{error.Type}: {error.Message}" : string.Empty),
        ("detail", job.Error?.Detail ?? string.Empty),
    ];
}
