using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>The one place that says which error a client of the gateway gets: what the HTTP API would answer, as types that every client has.</summary>
internal static partial class GatewayRefusal
{
    /// <summary>Answers a call, its errors as clients get them.</summary>
    /// <param name="call">Does what was asked for.</param>
    /// <param name="log">Where errors that should not happen go.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<T> AnswerAsync<T>(Func<Task<T>> call, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (Replaces(error, cancellationToken))
        {
            throw Of(error, log);
        }
    }

    /// <summary>Whether another error is to be answered: all but bad input, plain refusals, and the caller's own cancellation.</summary>
    private static bool Replaces(Exception error, CancellationToken cancellationToken) => error switch
    {
        JobValidationException => false,
        JobSystemException known => known.GetType() != typeof(JobSystemException) || known.InnerException is not null,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => true,
    };

    /// <summary>The error to answer in its place.</summary>
    private static JobSystemException Of(Exception error, ILogger log)
    {
        switch (error)
        {
            case JobSystemException known:
                return new JobSystemException(known.Code, known.Message);
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
