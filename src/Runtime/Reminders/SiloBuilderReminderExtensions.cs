using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders of a silo.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds reminders; an <see cref="IReminderTable"/> must be registered as well.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddReminders(builder.Services);
        return builder;
    }

    /// <summary>Adds reminders; an <see cref="IReminderTable"/> must be registered as well.</summary>
    /// <param name="services">The services.</param>
    public static void AddReminders(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(ReminderService)))
        {
            return;
        }

        services.AddSingleton<Molino.Runtime.Observability.ReminderLog>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IReminders>(provider => provider.GetRequiredService<ReminderService>());
        services.AddHostedService(provider => provider.GetRequiredService<ReminderService>());
    }
}
