using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>The one place that says which error a client of the gateway gets: what the HTTP API would answer, as types that every client has.</summary>
internal static partial class GatewayRefusal
{
    /// <summary>The error to answer in place of another; null when that one may go out as it is.</summary>
    /// <param name="error">What the call threw.</param>
    /// <param name="log">Where errors that should not happen go.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static JobSystemException? Replaces(Exception error, ILogger log, CancellationToken cancellationToken)
    {
        switch (error)
        {
            case JobValidationException:
                return null;
            case JobSystemException known:
                return known.GetType() == typeof(JobSystemException) && known.InnerException is null ? null : new JobSystemException(known.Code, known.Message);
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return null;
            case OperationCanceledException:
                return new JobSystemException(ErrorCodes.ShuttingDown, "The silo is stopping.");
            case TimeoutException:
                LogTimeout(log, error);
                return new JobSystemException(ErrorCodes.Timeout, "A part of Molino did not answer in time.");
            default:
                LogUnexpected(log, error);
                return new JobSystemException(ErrorCodes.InternalError, "An unexpected error stopped this call; the silo's log has it.");
        }
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Error, Message = "A client's call failed unexpectedly")]
    private static partial void LogUnexpected(ILogger log, Exception error);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "A client's call timed out")]
    private static partial void LogTimeout(ILogger log, Exception error);
}
