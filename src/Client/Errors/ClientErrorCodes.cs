namespace Molino.Client;

/// <summary>Stable codes of what only a client can say; the rest are the server's (<see cref="Core.ErrorCodes"/>).</summary>
public static class ClientErrorCodes
{
    /// <summary>No server answered: refused, unknown host, no answer in time, or the connection broke.</summary>
    public const string NotReachable = "not_reachable";

    /// <summary>Something answered, but not with the contract's JSON: another server, or a proxy's page.</summary>
    public const string UnexpectedAnswer = "unexpected_answer";

    /// <summary>The server wants a login, and none or a wrong one was given.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The login may not do this.</summary>
    public const string Forbidden = "forbidden";
}
