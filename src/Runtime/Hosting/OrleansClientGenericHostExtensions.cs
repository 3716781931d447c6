using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Molino.Runtime.Clients;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Copying;
using Molino.Runtime.Hosting;
using Molino.Runtime.References;
using Molino.Runtime.Wire;
using Orleans;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a client of a cluster to a host.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <summary>Adds a client; <see cref="IGrainFactory"/> and <see cref="IClusterClient"/> come from the services. The host starts once a gateway has answered.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client.</param>
    /// <returns>The host.</returns>
    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        AddClient(hostAppBuilder.Services);
        configureDelegate(new ClientBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds a client; <see cref="IGrainFactory"/> and <see cref="IClusterClient"/> come from the services. The host starts once a gateway has answered.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client.</param>
    /// <returns>The host.</returns>
    public static HostApplicationBuilder UseOrleansClient(this HostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        UseOrleansClient((IHostApplicationBuilder)hostAppBuilder, configureDelegate);
        return hostAppBuilder;
    }

    private static void AddClient(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ClientRuntime)))
        {
            return;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => GrainManifestLoader.Load());
        services.AddSingleton(provider => new CopierProvider(provider.GetRequiredService<GrainManifestBuilder>().Copiers));
        services.AddSingleton<CodecProvider>();
        services.AddSingleton<ClientRuntime>();
        services.AddSingleton<GatewayConnection>();
        services.AddSingleton<IGatewayStatus>(provider => provider.GetRequiredService<GatewayConnection>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClientRuntime>().Client);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClientRuntime>().Client);
        services.AddHostedService(provider => provider.GetRequiredService<GatewayConnection>());
    }
}
