using Molino.Core;

namespace Molino.Storage.Redis.Connections;

/// <summary>Says what the server's errors mean. All of these say that nothing was done.</summary>
internal static class ServerErrors
{
    public static StoreException ToException(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return (space < 0 ? text : text[..space]) switch
        {
            "OOM" => new StoreException(ErrorCodes.StoreFull, "Redis has used the memory that it may use (maxmemory). Raise it, or lower the limits of retention."),
            "NOAUTH" or "WRONGPASS" => new StoreException(ErrorCodes.StoreUnavailable, "Redis refuses the login: check user and password in Store:Redis."),
            "NOPERM" => new StoreException(ErrorCodes.StoreUnavailable, $"The user of Store:Redis lacks a right: {text}"),
            "LOADING" => new StoreException(ErrorCodes.StoreUnavailable, "Redis is loading its data."),
            "READONLY" => new StoreException(ErrorCodes.StoreUnavailable, "Redis has become a replica."),
            _ => new StoreException(ErrorCodes.StoreUnavailable, $"Redis answered an error: {text}"),
        };
    }

    /// <summary>Whether the connection is of no more use: another server is the primary now, or ours has to be asked again.</summary>
    public static bool EndsConnection(string text) =>
        text.StartsWith("READONLY", StringComparison.Ordinal) || text.StartsWith("NOAUTH", StringComparison.Ordinal) || text.StartsWith("MASTERDOWN", StringComparison.Ordinal);
}
