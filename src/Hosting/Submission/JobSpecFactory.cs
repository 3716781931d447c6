using Molino.Client;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>Turns a submit into what is stored, or says all that is wrong with it. Nothing is stored before it has passed.</summary>
internal sealed class JobSpecFactory(IJobTypeRegistry types, SubmissionDefaults defaults, TimeProvider time)
{
    private const int MaxAttempts = 1000;
    internal const int MaxKeyLength = 200;

    private const int MaxTags = 20;
    private const int MaxTagLength = 100;

    /// <summary>A century: a time that far off can still be told and stored.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(36_525);

    private static readonly ReadOnlyMemory<byte> NoArgs = "{}"u8.ToArray();

    private readonly JobIdSource _ids = new();

    /// <summary>Reads a submit.</summary>
    /// <param name="submission">What was sent.</param>
    /// <exception cref="JobValidationException"><c>invalid_job</c> or <c>not_available</c>, with what is wrong by field.</exception>
    /// <exception cref="JobSystemException"><c>unknown_type</c>.</exception>
    public JobSpec Read(JobSubmission submission)
    {
        if (submission.Resources is { Count: > 0 }) throw NotBuilt("resources");
        if (submission.DependsOn is { Count: > 0 }) throw NotBuilt("dependsOn");
        if (string.IsNullOrEmpty(submission.Type)) throw new JobValidationException(ErrorCodes.InvalidJob, "type", "A job needs a type.");
        if (!types.TryGet(submission.Type, out var type))
            throw new JobSystemException(ErrorCodes.UnknownType, $"No handler is registered for the job type '{Shorten(submission.Type)}'; GET /api/types lists them.");
        var now = time.GetUtcNow();
        var args = submission.Args.IsEmpty ? NoArgs : submission.Args.Utf8;
        var queue = submission.Queue ?? defaults.QueueFor(type);
        var retry = Retry(submission.Retry, type.Options.Retry);
        var errors = Check(submission, type, args, queue, retry);
        if (errors is not null) throw new JobValidationException(ErrorCodes.InvalidJob, errors);
        var due = submission.Delay is { } delay ? now + delay : submission.RunAt;
        return new JobSpec
        {
            Id = _ids.Next(now),
            Type = type.Name,
            Args = args,
            Queue = queue,
            Priority = submission.Priority ?? type.Options.Priority,
            CreatedAt = now,
            DueAt = due > now ? due : null,
            ExpiresAt = submission.ExpiresAt,
            MaxAttempts = submission.MaxAttempts ?? defaults.MaxAttemptsOf(queue) ?? type.Options.MaxAttempts,
            Retry = retry,
            TimeLimits = TimeLimits.From(submission.TimeLimit, submission.SoftTimeLimit, type.Options.TimeLimits),
            IdempotencyKey = submission.IdempotencyKey,
            Tags = submission.Tags ?? [],
            Hold = submission.Hold ?? false,
        };
    }

    private static Dictionary<string, string[]>? Check(JobSubmission submission, JobType type, ReadOnlyMemory<byte> args, string queue, RetryPolicy retry)
    {
        Dictionary<string, string[]>? errors = null;
        void Refuse(string field, string message) => (errors ??= new(StringComparer.Ordinal))[field] = [message];

        if (type.Validate(args) is { } problem) Refuse(problem.Path, problem.Message);
        if (!Names.IsValid(queue)) Refuse("queue", "A queue's name is [a-z0-9][a-z0-9._-]{0,99}.");
        if (submission.Priority is { } priority && !JobPriority.IsValid(priority)) Refuse("priority", "A priority is 0 to 10; 10 goes first.");
        if (submission.Delay < TimeSpan.Zero) Refuse("delay", "A delay must not be negative.");
        if (submission.Delay > LongestDelay) Refuse("delay", $"A delay is at most {LongestDelay.TotalDays:0} days.");
        if (retry.Max > LongestDelay) Refuse("retry", $"retry.max is at most {LongestDelay.TotalDays:0} days.");
        if (submission.Delay is not null && submission.RunAt is not null) Refuse("runAt", "Give delay or runAt, not both.");
        if (submission.MaxAttempts is < 1 or > MaxAttempts) Refuse("maxAttempts", $"maxAttempts is 1 to {MaxAttempts}.");
        if (submission.TimeLimit <= TimeSpan.Zero) Refuse("timeLimit", "A time limit must be above zero.");
        if (submission.SoftTimeLimit <= TimeSpan.Zero) Refuse("softTimeLimit", "A time limit must be above zero.");
        if (submission.SoftTimeLimit > submission.TimeLimit) Refuse("softTimeLimit", "The soft limit must not be above the hard one.");
        if (retry.Validate() is { } policy) Refuse("retry", policy);
        if (submission.IdempotencyKey is { } key && key.Length is 0 or > MaxKeyLength) Refuse("idempotencyKey", $"A key has 1 to {MaxKeyLength} characters.");
        if (submission.Tags is { } tags)
        {
            if (tags.Count > MaxTags) Refuse("tags", $"At most {MaxTags} tags.");
            else if (tags.Any(tag => tag is not { Length: > 0 and <= MaxTagLength })) Refuse("tags", $"A tag has 1 to {MaxTagLength} characters.");
        }

        return errors;
    }

    private static RetryPolicy Retry(RetrySubmission? given, RetryPolicy fallback)
    {
        if (given is null) return fallback;
        var first = given.First ?? fallback.First;
        var max = given.Max ?? (fallback.Max < first ? first : fallback.Max);
        return new RetryPolicy(first > max && given.First is null ? max : first, given.Factor ?? fallback.Factor, max, given.Jitter ?? fallback.Jitter);
    }

    private static JobValidationException NotBuilt(string field) =>
        new(ErrorCodes.NotAvailable, field, $"'{field}' is not available in this version.");

    private static string Shorten(string text) => text.Length <= Names.MaxLength ? text : text[..Names.MaxLength] + "...";
}
