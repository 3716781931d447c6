using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Molino.Client;
using Molino.Client.Gateway;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>What the HTTP API checks before a call reaches the silo's transport, for calls that come another way.</summary>
internal static class GatewayChecks
{
    /// <summary>A submit's size and encoding; what it means is judged behind.</summary>
    /// <exception cref="JobSystemException"><c>too_large</c>.</exception>
    /// <exception cref="JobValidationException">The arguments are not UTF-8.</exception>
    public static void Check(JobSubmission submission)
    {
        if (submission.Args.Utf8.Length > GatewayLimits.JobBytes) throw TooLarge("The arguments", GatewayLimits.JobBytes);
        if (!Utf8.IsValid(submission.Args.Utf8.Span)) throw new JobValidationException(ErrorCodes.InvalidJob, "args", "The arguments are not UTF-8.");
    }

    /// <summary>A batch's size and encoding.</summary>
    /// <exception cref="JobSystemException"><c>too_large</c>.</exception>
    /// <exception cref="JobValidationException">Arguments are not UTF-8.</exception>
    public static void Check(JobSubmission[] submissions)
    {
        long bytes = 0;
        foreach (var submission in submissions)
        {
            Check(submission);
            bytes += submission.Args.Utf8.Length;
        }

        if (bytes > GatewayLimits.BatchBytes) throw TooLarge("The arguments of a batch", GatewayLimits.BatchBytes);
    }

    /// <summary>An id that Molino made: a made-up one does not pass for one whose job is gone.</summary>
    /// <exception cref="JobSystemException"><c>not_found</c>.</exception>
    public static JobId Id(JobId id)
    {
        var text = id.ToString();
        return JobId.TryParse(text, out _)
            ? id
            : throw new JobSystemException(ErrorCodes.NotFound, $"'{text}' is not the id of a job: 26 letters and digits as a submit answered them.");
    }

    /// <summary>A wait, capped at what one call may last.</summary>
    public static TimeSpan Wait(TimeSpan wait) => wait < GatewayLimits.LongestWait ? wait : GatewayLimits.LongestWait;

    /// <summary>The size of a page.</summary>
    /// <exception cref="JobValidationException">It is out of range.</exception>
    public static int Limit(int limit) => limit is >= 1 and <= JobFilter.MaxLimit
        ? limit
        : throw Invalid("limit", string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from 1 to {JobFilter.MaxLimit}."));

    /// <summary>A number that counts.</summary>
    /// <exception cref="JobValidationException">It is negative.</exception>
    public static long NotNegative(long number, string name) => number >= 0 ? number : throw Invalid(name, "Must not be negative.");

    /// <summary>A name that a queue can have.</summary>
    /// <exception cref="JobSystemException"><c>unknown_queue</c>.</exception>
    public static string Queue(string name) => Names.IsValid(name)
        ? name
        : throw new JobSystemException(ErrorCodes.UnknownQueue, $"No queue is named '{(name.Length > 100 ? name[..100] : name)}': names are [a-z0-9][a-z0-9._-]{{0,99}}.");

    /// <summary>New arguments of a job: JSON, whatever its type says.</summary>
    /// <exception cref="JobSystemException"><c>too_large</c>.</exception>
    /// <exception cref="JobValidationException">They are not JSON.</exception>
    public static RawJson? Args(RawJson? args)
    {
        if (args is not { } given) return null;
        if (given.Utf8.Length > GatewayLimits.JobBytes) throw TooLarge("The arguments", GatewayLimits.JobBytes);
        try
        {
            if (!Utf8.IsValid(given.Utf8.Span)) throw new JsonException("not UTF-8");
            using var _ = JsonDocument.Parse(given.Utf8, new JsonDocumentOptions { MaxDepth = JobJson.MaxDepth });
            return given;
        }
        catch (JsonException error)
        {
            throw Invalid("args", $"The arguments are not JSON: {error.Message}");
        }
    }

    private static JobValidationException Invalid(string field, string message) => new(ErrorCodes.InvalidRequest, field, message);

    private static JobSystemException TooLarge(string what, int limit) =>
        new(ErrorCodes.TooLarge, string.Create(CultureInfo.InvariantCulture, $"{what} are larger than {limit >> 20} MiB."));
}
