using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Api;

/// <summary>The outermost step: every error becomes problem details here, and so does every answer that has only a status.</summary>
/// <param name="next">The steps inside.</param>
/// <param name="logger">Where errors that should not happen go.</param>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> logger)
{
    /// <summary>Runs a request.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }) await BareStatusAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogAborted(logger);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error);
        }
    }

    private static Task BareStatusAsync(HttpContext context)
    {
        var kind = ProblemCatalog.OfStatus(context.Response.StatusCode);
        var detail = kind.Status switch
        {
            404 => $"Nothing is at {context.Request.Path}.",
            405 => $"{context.Request.Path} does not have {context.Request.Method}; it has {context.Response.Headers.Allow}.",
            _ => kind.Title,
        };
        return Problem.WriteAsync(context, kind, detail);
    }

    private Task AnswerAsync(HttpContext context, Exception error)
    {
        var response = context.Response;
        foreach (var header in (ReadOnlySpan<string>)["Location", "ETag", "Content-Disposition", "Content-Security-Policy"]) response.Headers.Remove(header);
        response.ContentLength = null;
        switch (error)
        {
            case JobValidationException invalid:
                return Problem.WriteAsync(context, ProblemCatalog.Of(invalid.Code), invalid.Message, invalid.Errors);
            case JobSystemException known when ProblemCatalog.Of(known.Code) is { Status: < 500 or 503 or 504 } kind:
                return Problem.WriteAsync(context, kind, known.Message);
            case BadHttpRequestException bad:
                var status = ProblemCatalog.OfStatus(bad.StatusCode);
                return Problem.WriteAsync(context, status, bad.StatusCode == 413 ? "The body is larger than 64 MiB." : bad.Message);
            case TimeoutException:
                LogTimeout(logger, error, context.Request.Method, context.Request.Path);
                return Problem.WriteAsync(context, ErrorCodes.Timeout, "A part of Molino did not answer in time.");
            case OperationCanceledException:
                return Problem.WriteAsync(context, ErrorCodes.ShuttingDown, "The silo is stopping.");
            default:
                LogUnexpected(logger, error, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return Problem.WriteAsync(
                    context,
                    ProblemCatalog.Of(ErrorCodes.InternalError),
                    "An unexpected error stopped this call; the log has it under the trace id.",
                    traceId: context.TraceIdentifier);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly (trace {TraceId})")]
    private static partial void LogUnexpected(ILogger logger, Exception error, string method, string path, string traceId);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "{Method} {Path} timed out")]
    private static partial void LogTimeout(ILogger logger, Exception error, string method, string path);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Debug, Message = "A caller went away")]
    private static partial void LogAborted(ILogger logger);
}
