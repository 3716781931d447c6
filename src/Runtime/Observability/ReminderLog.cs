using Microsoft.Extensions.Logging;
using Molino.Runtime.Reminders;
using Orleans.Runtime;

namespace Molino.Runtime.Observability;

/// <summary>What reminders log. Event ids 2040 to 2049.</summary>
internal sealed partial class ReminderLog(ILogger<ReminderService> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(2040, LogLevel.Warning, "Silo {Silo} cannot read the reminder table; reminders known so far go on")]
    public partial void TableUnreadable(Exception error, string silo);

    [LoggerMessage(2041, LogLevel.Error, "Reminder {Reminder} of {Grain} failed; the next tick comes at its time")]
    public partial void TickFailed(Exception error, string reminder, GrainId grain);
}
