using Microsoft.Extensions.Logging;

namespace Molino.Storage.Redis.Writing;

/// <summary>The store's log lines.</summary>
internal static partial class Log
{
    [LoggerMessage(2201, LogLevel.Error, "A batch for the store in Redis failed.")]
    public static partial void BatchFailed(ILogger logger, Exception error);

    [LoggerMessage(2202, LogLevel.Error, "An observer of commits failed.")]
    public static partial void ObserverFailed(ILogger logger, Exception error);

    [LoggerMessage(2203, LogLevel.Information, "Store {Prefix} in Redis {Version} is open: generation {Generation}, layout {Layout}.")]
    public static partial void Opened(ILogger logger, string prefix, string version, int generation, int layout);

    [LoggerMessage(2204, LogLevel.Warning, "The store in Redis is away: {Message}")]
    public static partial void Away(ILogger logger, string message);

    [LoggerMessage(2205, LogLevel.Information, "The store in Redis is back.")]
    public static partial void Back(ILogger logger);

    [LoggerMessage(2206, LogLevel.Debug, "A note that a job's end is waited for did not reach Redis: {Reason} The wait looks at the store instead.")]
    public static partial void NoteLost(ILogger logger, string reason);

    [LoggerMessage(2207, LogLevel.Information, "{Count} jobs have expired and could not be ended with the lease that found them: {Reason} Upkeep ends them.")]
    public static partial void ExpiryPutOff(ILogger logger, int count, string reason);
}
