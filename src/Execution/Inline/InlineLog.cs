using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Execution.Inline;

internal static partial class InlineLog
{
    [LoggerMessage(4100, LogLevel.Error, "Job {Job} ({Type}): its handler ignored the request to end and was abandoned; its slot is lost until it returns.")]
    internal static partial void Abandoned(this ILogger logger, JobId job, string type);

    [LoggerMessage(4101, LogLevel.Warning, "Job {Job} ({Type}): the abandoned handler has returned after {Elapsed}; it ended as {End}.")]
    internal static partial void AbandonedReturned(this ILogger logger, JobId job, string type, TimeSpan elapsed, string end);

    [LoggerMessage(4102, LogLevel.Error, "Job {Job} ({Type}): a service of its scope could not be disposed of.")]
    internal static partial void ScopeNotDisposed(this ILogger logger, Exception error, JobId job, string type);
}
