using System.Globalization;
using System.Text;

namespace Molino.Conformance.Stores;

/// <summary>A job written out, so that two can be compared by content: records hold byte arrays and lists, which compare by reference.</summary>
public static class JobText
{
    /// <summary>Writes all of a job; null as such.</summary>
    public static string Of(Job? job)
    {
        if (job is null) return "null";
        var text = new StringBuilder();
        var spec = job.Spec;
        Line(text, "id", spec.Id, spec.Type, Convert.ToHexString(spec.Args.Span), spec.Queue, spec.Priority, Time(spec.CreatedAt));
        Line(text, "times", Time(spec.DueAt), Time(spec.ExpiresAt), spec.MaxAttempts, spec.Retry, spec.TimeLimits);
        Line(text, "more", spec.IdempotencyKey, string.Join(',', spec.Tags), spec.Hold);
        Line(text, "state", job.Sequence, job.Version, job.Status, job.Queue, job.Priority, Time(job.DueAt), job.Attempt, job.Token, job.Losses);
        Line(text, "run", job.Silo, job.Pool, Time(job.StartedAt), Time(job.FinishedAt), Time(job.CancelRequestedAt), job.CancelReason, job.Error);
        Line(text, "progress", job.Progress?.Fraction, job.Progress?.Message, Convert.ToHexString((job.Progress?.Data ?? default).Span));
        Line(text, "result", job.Result?.MediaType, Convert.ToHexString((job.Result?.Inline ?? default).Span), job.Result?.Length, job.Result?.Chunks, job.Result?.Apart);
        Line(text, "flags", job.Held, job.Archived);
        foreach (var attempt in job.History)
            Line(text, "attempt", attempt.Number, attempt.Silo, Time(attempt.StartedAt), Time(attempt.FinishedAt), attempt.Outcome, attempt.Error);
        return text.ToString();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, params object?[] values) =>
        text.Append(name).Append(": ").AppendJoin(" | ", values.Select(value => value?.ToString() ?? "-")).Append('\n');
}
