using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Molino.Runtime;
using Molino.Runtime.Clustering;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Collection;
using Molino.Runtime.Copying;
using Molino.Runtime.Gateways;
using Molino.Runtime.Hostility;
using Molino.Runtime.Hosting;
using Molino.Runtime.Membership;
using Molino.Runtime.Observability;
using Molino.Runtime.References;
using Molino.Runtime.Wire;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a silo to a host.</summary>
public static class OrleansSiloGenericHostExtensions
{
    private const string HostileVariable = "MOLINO_HOSTILE";

    /// <summary>Adds a silo; <see cref="IGrainFactory"/> and <see cref="IClusterClient"/> come from the services. Further calls configure the same silo.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the silo.</param>
    /// <returns>The host.</returns>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        AddSilo(hostAppBuilder.Services);
        configureDelegate(new SiloBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds a silo with all defaults.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <returns>The host.</returns>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) => UseOrleans(hostAppBuilder, static _ => { });

    /// <summary>Adds a silo; <see cref="IGrainFactory"/> and <see cref="IClusterClient"/> come from the services. Further calls configure the same silo.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the silo.</param>
    /// <returns>The host.</returns>
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        UseOrleans((IHostApplicationBuilder)hostAppBuilder, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Adds a silo with all defaults.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <returns>The host.</returns>
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder) => UseOrleans(hostAppBuilder, static _ => { });

    private static void AddSilo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Silo)))
        {
            return;
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<SiloMessagingOptions>, SiloOptionsValidator>();
        services.AddSingleton<IValidateOptions<GrainCollectionOptions>, SiloOptionsValidator>();
        services.AddSingleton<IValidateOptions<HostileOptions>, SiloOptionsValidator>();
        services.AddSingleton(_ => GrainManifestLoader.Load());
        services.AddSingleton(provider => new CopierProvider(provider.GetRequiredService<GrainManifestBuilder>().Copiers));
        services.AddSingleton<CodecProvider>();
        services.AddSingleton<SiloSettings>();
        services.AddSingleton<RuntimeLog>();
        services.AddSingleton<RuntimeMetrics>();
        services.AddSingleton<Silo>();
        AddCluster(services);
        services.AddSingleton<IdleCollector>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Silo>().Client);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Silo>().Client);
        services.AddHostedService<SiloHostedService>();
        services.AddOptions<HostileOptions>().Configure(SetHostilityFromEnvironment);
    }

    /// <summary>Used only where a membership table is registered.</summary>
    private static void AddCluster(IServiceCollection services)
    {
        services.AddSingleton<MembershipOracle>();
        services.AddSingleton<IMembership>(provider => provider.GetRequiredService<MembershipOracle>());
        services.AddSingleton<ILocalSilo>(provider => provider.GetService<IMembershipTable>() is null
            ? ActivatorUtilities.CreateInstance<SoloSilo>(provider)
            : provider.GetRequiredService<MembershipOracle>());
        services.AddSingleton<ClusterLog>();
        services.AddSingleton<ClusterSettings>();
        services.AddSingleton<Cluster>();
        services.AddSingleton<Gateway>();
        services.AddSingleton<PeerConnector>();
        services.AddSingleton<ClusterLife>();
    }

    private static void SetHostilityFromEnvironment(HostileOptions options)
    {
        var value = Environment.GetEnvironmentVariable(HostileVariable);
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        options.Enabled = true;
        options.Seed = int.TryParse(value, out var seed)
            ? seed
            : throw new OptionsValidationException(HostileVariable, typeof(HostileOptions), [$"{HostileVariable} is '{value}'; it must be a whole number, the seed."]);
    }
}
