using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Molino.Client;

namespace Molino.Api;

/// <summary>Says whether the silo lives and whether it is ready. Anonymous; without detail for strangers when a login is required.</summary>
/// <param name="transport">Knows how the parts are.</param>
/// <param name="access">Tells strangers.</param>
/// <param name="time">Ends a check that takes too long.</param>
/// <param name="logger">Where checks that fail go.</param>
internal sealed partial class HealthCalls(IMolinoTransport transport, AccessControl access, TimeProvider time, ILogger<HealthCalls> logger)
{
    private const string Ready = "ready";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.AddProbe("/health/live", HealthDescriptions.Live, static (context, _) =>
            JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, "live", static (writer, status) =>
            {
                writer.WriteStartObject();
                writer.WriteString("status"u8, status);
                writer.WriteEndObject();
            }));
        calls.AddProbe("/health/ready", HealthDescriptions.Ready, ReadyAsync);
    }

    private async Task ReadyAsync(HttpContext context, CallQuery query)
    {
        var health = await CheckAsync(context.RequestAborted);
        if (!access.IsOpen && await access.IdentifyAsync(context) is null) health = health with { Parts = null };
        var status = health.Status == Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await JsonAnswer.WriteAsync(context, status, health);
    }

    private async Task<HealthView> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Longest, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await transport.HealthAsync(ending.Token).WaitAsync(ending.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, error);
            var part = new HealthPartView("down", "no_answer", "The health check failed or took longer than 5 s; the log says why.");
            return new HealthView("not_ready", new Dictionary<string, HealthPartView>(StringComparer.Ordinal) { ["molino"] = part });
        }
    }

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "The health check failed")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
