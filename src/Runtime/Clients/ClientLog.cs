using Microsoft.Extensions.Logging;
using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.Clients;

/// <summary>What a client logs. Event ids 2080 to 2089.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(2080, LogLevel.Information, "Client {Client} is connected to gateway {Gateway}")]
    public static partial void Connected(this ILogger logger, string client, string gateway);

    [LoggerMessage(2081, LogLevel.Warning, "Client {Client} has no connection to gateway {Gateway}: {Reason}. The next is tried")]
    public static partial void NotConnected(this ILogger logger, string client, string gateway, string reason);

    [LoggerMessage(2082, LogLevel.Warning, "{Method} of {Grain} did not answer within {Timeout}")]
    public static partial void CallTimedOut(this ILogger logger, GrainMethod method, GrainId grain, TimeSpan timeout);

    [LoggerMessage(2083, LogLevel.Warning, "{Method} of an observer failed; nobody waits for its answer")]
    public static partial void ObserverFailed(this ILogger logger, Exception error, GrainMethod method);

    [LoggerMessage(2084, LogLevel.Warning, "{Method} was not sent; nobody waits for its answer")]
    public static partial void NotSent(this ILogger logger, Exception error, GrainMethod method);
}
