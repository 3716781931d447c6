using System.Text.Json;
using Molino.Core;

namespace Molino.Execution.Inline;

/// <summary>Calls a handler and says how it ended: the one place where a handler's exceptions get their meaning, in the silo and in child runners.</summary>
internal static class HandlerCall
{
    /// <summary>Runs a handler to its end; throws nothing.</summary>
    /// <param name="type">The job's type.</param>
    /// <param name="services">The attempt's services.</param>
    /// <param name="args">Arguments as JSON, UTF-8.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="stopping">The handler's token.</param>
    internal static async Task<AttemptEnd> RunAsync(
        JobType type, IServiceProvider services, ReadOnlyMemory<byte> args, IJobContext context, CancellationToken stopping)
    {
        Task<ReadOnlyMemory<byte>> handler;
        try
        {
            // JobType reads the arguments before it makes the handler's task: what is thrown here is about the arguments.
            handler = type.RunAsync(services, args, context, stopping);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return new AttemptEnd.Failed(new JobError("InvalidArguments", OneLine(error.Message)), Permanent: true);
        }
        catch (Exception error)
        {
            return FromException(type, error, stopping);
        }

        try
        {
            return new AttemptEnd.Returned(await handler.ConfigureAwait(false));
        }
        catch (Exception error)
        {
            return FromException(type, error, stopping);
        }
    }

    private static AttemptEnd FromException(JobType type, Exception error, CancellationToken stopping) => error switch
    {
        SnoozeException snooze => new AttemptEnd.Snoozed(snooze.Delay),
        OperationCanceledException when stopping.IsCancellationRequested => new AttemptEnd.Stopped(),
        _ => new AttemptEnd.Failed(ToJobError(error), IsPermanent(type, error)),
    };

    private static JobError ToJobError(Exception error) => error switch
    {
        PermanentJobException permanent => new JobError(permanent.Type, OneLine(permanent.Message), permanent.Detail ?? error.ToString()),
        AttemptFailedException failed => new JobError(failed.Type, OneLine(failed.Message), failed.Detail ?? error.ToString()),
        _ => new JobError(error.GetType().Name, OneLine(error.Message), error.ToString()),
    };

    private static bool IsPermanent(JobType type, Exception error)
    {
        try
        {
            return type.Options.IsPermanent(error);
        }
        catch (Exception)
        {
            // A filter that fails cannot say that a retry is useless.
            return false;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
