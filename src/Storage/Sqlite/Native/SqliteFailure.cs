using Molino.Core;

namespace Molino.Storage.Sqlite.Native;

/// <summary>A call of SQLite that failed. Never leaves this project: callers get a <see cref="StoreException"/>.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int ResultCode { get; } = code;

    /// <summary>The store error that this is, to those outside.</summary>
    public string ErrorCode => Native.ResultCode.Plain(ResultCode) switch
    {
        Native.ResultCode.Corrupt or Native.ResultCode.NotADatabase => ErrorCodes.StoreCorrupt,
        Native.ResultCode.Full => ErrorCodes.StoreFull,
        _ => ErrorCodes.StoreUnavailable,
    };

    /// <summary>The exception for those outside.</summary>
    /// <param name="path">The store's file.</param>
    public StoreException ToStoreException(string path) => new(ErrorCode, ErrorCode switch
    {
        ErrorCodes.StoreCorrupt => $"The store {path} is damaged ({Message}). Restore it from a backup.",
        ErrorCodes.StoreFull => $"The disk of the store {path} is full. Free space; the store goes on by itself.",
        _ => $"The store {path} does not answer: {Message} (SQLite code {ResultCode}). It is tried again every second.",
    }, this);
}
