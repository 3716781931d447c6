using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Shows jobs, queues and events as the contract does.</summary>
internal static class JobViews
{
    /// <summary>A job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="whole">Whether result and history are shown; not in lists.</param>
    public static JobView Of(Job job, bool whole) => new()
    {
        Id = job.Id,
        Type = job.Spec.Type,
        Queue = job.Queue,
        Priority = job.Priority,
        Status = job.Status,
        Attempt = job.Attempt,
        MaxAttempts = job.Spec.MaxAttempts,
        Epoch = job.Token.Epoch,
        Args = new RawJson(job.Spec.Args),
        Result = whole && job.Result is { Apart: false, MediaType: JobResult.Json, Inline.IsEmpty: false } result ? new RawJson(result.Inline) : null,
        Error = job.Status == JobStatus.Succeeded ? null : job.Error,
        Progress = job.Progress is { } p ? new ProgressView(p.Fraction, p.Message, p.Data.IsEmpty ? null : new RawJson(p.Data)) : null,
        CreatedAt = job.Spec.CreatedAt,
        DueAt = job.DueAt,
        ExpiresAt = job.Spec.ExpiresAt,
        StartedAt = job.StartedAt,
        FinishedAt = job.FinishedAt,
        CancelRequestedAt = job.CancelRequestedAt,
        CancelReason = job.CancelReason,
        Silo = job.Silo,
        Pool = job.Pool,
        Tags = job.Spec.Tags,
        WaitingFor = job.Status == JobStatus.Waiting && job.Held ? "hold" : null,
        History = whole && job.History.Count > 0 ? [.. job.History.Select(Of)] : null,
    };

    /// <summary>A queue.</summary>
    public static QueueView Of(QueueCounts counts, DateTimeOffset now)
    {
        var byPriority = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var priority = JobPriority.Highest; priority >= JobPriority.Lowest; priority--)
        {
            if (counts.QueuedByPriority[priority] > 0)
                byPriority[priority.ToString(System.Globalization.CultureInfo.InvariantCulture)] = counts.QueuedByPriority[priority];
        }

        return new QueueView
        {
            Name = counts.Name,
            Queued = counts.Queued,
            Scheduled = counts.Scheduled,
            Waiting = counts.Waiting,
            Running = counts.Running,
            Failed = counts.Failed,
            OldestAge = counts.OldestQueuedAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : null,
            ByPriority = byPriority,
            Paused = counts.Paused,
        };
    }

    /// <summary>An event.</summary>
    public static EventView Of(JobEventRecord record) => new()
    {
        Id = record.Cursor.ToString(),
        At = record.At,
        Kind = record.Kind,
        Job = record.Job,
        Type = record.Type,
        Queue = record.Queue,
        Status = record.Status,
        Version = record.Version,
        Attempt = record.Attempt,
        Silo = record.Silo,
        Error = record.Error,
        Fraction = record.Fraction,
    };

    /// <summary>A job type.</summary>
    public static TypeView Of(JobType type, string queue) => new()
    {
        Name = type.Name,
        Description = type.Options.Description,
        Queue = queue,
        Schema = type.ArgsSchema.DeepClone(),
        MaxAttempts = type.Options.MaxAttempts,
        TimeLimit = type.Options.TimeLimits.Hard,
        SoftTimeLimit = type.Options.TimeLimits.Soft,
        Priority = type.Options.Priority,
    };

    private static AttemptView Of(Attempt attempt) =>
        new(attempt.Number, attempt.Silo, attempt.StartedAt, attempt.FinishedAt, attempt.Outcome, attempt.Error);
}
