using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Client;

/// <summary>Adds the client to a host's services.</summary>
public static class MolinoClientServices
{
    /// <summary>Adds <see cref="MolinoClient"/> and <see cref="IMolinoTransport"/> over HTTP, one of each for the host. A transport that is there already is kept.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the address and the rest; checked when the client is first asked for.</param>
    public static IServiceCollection AddMolinoClient(this IServiceCollection services, Action<MolinoClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<MolinoClientOptions>().Validate(HasValidAddress, "Molino's client needs an Url like http://127.0.0.1:8080 or unix:/path.");
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton<IMolinoTransport>(static provider => new HttpTransport(provider.GetRequiredService<IOptions<MolinoClientOptions>>().Value));
        services.TryAddSingleton(static provider => new MolinoClient(
            provider.GetRequiredService<IMolinoTransport>(), provider.GetRequiredService<IOptions<MolinoClientOptions>>().Value.TimeProvider));
        return services;
    }

    private static bool HasValidAddress(MolinoClientOptions options)
    {
        try
        {
            ServerAddress.Parse(options.Url);
            return true;
        }
        catch (JobValidationException)
        {
            return false;
        }
    }
}
