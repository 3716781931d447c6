using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders in the memory of the process: for tests and trials, gone with the host.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Adds reminders with a table in memory.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IReminderTable, MemoryReminderTable>();
        return builder.AddReminders();
    }
}
