using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Molino.Hosting;

/// <summary>
/// Orleans reports here when this silo was declared dead, or its membership cannot go on. Orleans itself would end the process at once; Molino cancels what runs and
/// starts the silo anew (<see cref="SiloRemoval"/>).
/// </summary>
internal sealed partial class OrleansMembership(ILogger<OrleansMembership> log) : ISiloMembership, IFatalErrorHandler, IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public CancellationToken Ended => _ended.Token;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        LogEnded(log, exception, context);
        _ = _ended.CancelAsync(); // not in the caller's turn, which is the membership's own
    }

    public void Dispose() => _ended.Dispose();

    [LoggerMessage(EventId = 3121, Level = LogLevel.Error, Message = "Orleans ended this silo's membership: {Context}")]
    private static partial void LogEnded(ILogger log, Exception? error, string? context);
}
