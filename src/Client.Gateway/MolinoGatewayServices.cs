using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Molino.Client;

/// <summary>Adds the client over a gateway to a host's services.</summary>
public static class MolinoGatewayServices
{
    /// <summary>
    /// Adds <see cref="MolinoClient"/> and <see cref="IMolinoTransport"/> over a cluster's gateways, one of each for the host; they connect with the first call.
    /// A transport that is there already is kept.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the gateways and the rest; checked when the client is first asked for.</param>
    public static IServiceCollection AddMolinoGatewayClient(this IServiceCollection services, Action<MolinoGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<MolinoGatewayOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MolinoGatewayOptions>, MolinoGatewayOptionsValidator>());
        services.TryAddSingleton<IMolinoTransport>(static provider =>
            new GatewayTransport(provider.GetRequiredService<IOptions<MolinoGatewayOptions>>().Value, provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton(static provider => new MolinoClient(
            provider.GetRequiredService<IMolinoTransport>(), provider.GetRequiredService<IOptions<MolinoGatewayOptions>>().Value.TimeProvider));
        return services;
    }
}
