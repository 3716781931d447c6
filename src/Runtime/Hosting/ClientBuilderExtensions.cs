using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Where a client finds its cluster.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Names gateways.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoints">The addresses.</param>
    /// <returns>The builder.</returns>
    public static IClientBuilder UseStaticClustering(this IClientBuilder builder, params IPEndPoint[] endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return UseStaticClustering(builder, (StaticGatewayListProviderOptions options) => options.Gateways.AddRange(endpoints.Select(endpoint => new Uri($"gwy.tcp://{endpoint}"))));
    }

    /// <summary>Names gateways.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configureOptions">Sets the addresses.</param>
    /// <returns>The builder.</returns>
    public static IClientBuilder UseStaticClustering(this IClientBuilder builder, Action<StaticGatewayListProviderOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Configures an options class.</summary>
    /// <typeparam name="TOptions">The class.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configureOptions">Sets the options.</param>
    /// <returns>The builder.</returns>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configureOptions);
        return builder;
    }
}
