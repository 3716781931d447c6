using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Molino.Runtime.Hosting;

/// <summary>Configures a client.</summary>
internal sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
{
    /// <inheritdoc/>
    public IServiceCollection Services => services;

    /// <inheritdoc/>
    public IConfiguration Configuration => configuration;
}
