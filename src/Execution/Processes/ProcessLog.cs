using Microsoft.Extensions.Logging;

namespace Molino.Execution.Processes;

internal static partial class ProcessLog
{
    [LoggerMessage(4200, LogLevel.Warning, "Ended processes that an earlier run of this silo left behind ({Count} signals, mark {Mark}).")]
    internal static partial void LeftoversEnded(this ILogger logger, int count, string mark);

    [LoggerMessage(4201, LogLevel.Error, "Pool {Pool}: a child runner did not start ({Reason}); the next start waits {Backoff}. Its last output: {Output}")]
    internal static partial void ChildNotStarted(this ILogger logger, string pool, string reason, TimeSpan backoff, string? output);

    [LoggerMessage(4202, LogLevel.Debug, "Pool {Pool}: child runner {Pid} is ready after {Elapsed}.")]
    internal static partial void ChildReady(this ILogger logger, string pool, int pid, TimeSpan elapsed);

    [LoggerMessage(4203, LogLevel.Warning, "Pool {Pool}: child runner {Pid} ended by itself: {How}.")]
    internal static partial void ChildCrashed(this ILogger logger, string pool, int pid, string how);

    [LoggerMessage(4204, LogLevel.Debug, "Pool {Pool}: child runner {Pid} is replaced: {Why}.")]
    internal static partial void ChildReplaced(this ILogger logger, string pool, int pid, string why);

    [LoggerMessage(4205, LogLevel.Error, "Pool {Pool}: child runner {Pid} sent what is not in the protocol; it is killed.")]
    internal static partial void ProtocolBroken(this ILogger logger, Exception error, string pool, int pid);

    [LoggerMessage(4206, LogLevel.Debug, "Pool {Pool}: child runner {Pid} wrote while it ran no job: {Line}")]
    internal static partial void IdleOutput(this ILogger logger, string pool, int pid, string line);

    [LoggerMessage(4207, LogLevel.Error, "Pool {Pool}: child runner {Pid} could not be ended in order.")]
    internal static partial void NotEndedInOrder(this ILogger logger, Exception error, string pool, int pid);

    [LoggerMessage(4208, LogLevel.Error, "The record of child runner {Pid} could not be written or removed.")]
    internal static partial void RecordFailed(this ILogger logger, Exception error, int pid);

    [LoggerMessage(EventId = 4209, Message = "Pool {Pool}, child runner {Pid}, {Category}: {Message}")]
    internal static partial void FromChild(this ILogger logger, LogLevel level, string pool, int pid, string category, string message);
}
