using Microsoft.Extensions.Logging;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>The store's log lines.</summary>
internal static partial class Log
{
    [LoggerMessage(2101, LogLevel.Error, "A write to the store {Path} failed: {Message} (SQLite code {Code}). It is tried again every second.")]
    public static partial void WriteFailed(ILogger logger, string path, int code, string message);

    [LoggerMessage(2102, LogLevel.Error, "A commit to the store {Path} failed: {Message} (SQLite code {Code}). The store is opened anew.")]
    public static partial void CommitFailed(ILogger logger, string path, int code, string message);

    [LoggerMessage(2103, LogLevel.Information, "The store {Path} works again.")]
    public static partial void Healed(ILogger logger, string path);

    [LoggerMessage(2104, LogLevel.Error, "An observer of commits failed.")]
    public static partial void ObserverFailed(ILogger logger, Exception error);

    [LoggerMessage(2105, LogLevel.Information, "Store {Path} is open: generation {Generation}, layout {Version}, SQLite {Library}.")]
    public static partial void Opened(ILogger logger, string path, int generation, int version, string library);

    [LoggerMessage(2106, LogLevel.Warning, "A checkpoint of the store {Path} failed: {Message} (SQLite code {Code}).")]
    public static partial void CheckpointFailed(ILogger logger, string path, int code, string message);
}
