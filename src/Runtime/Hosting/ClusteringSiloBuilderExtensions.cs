using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Membership;
using Orleans.Hosting;

namespace Molino.Runtime.Hosting;

/// <summary>Makes a silo one of several. Addresses: <c>EndpointOptions</c>; secret and TLS: <c>TransportOptions</c>; times: <c>MembershipOptions</c>.</summary>
public static class ClusteringSiloBuilderExtensions
{
    /// <summary>Joins the cluster that a membership table describes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="table">Makes the table.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder UseMembershipTable(this ISiloBuilder builder, Func<IServiceProvider, IMembershipTable> table)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(table);
        return builder;
    }
}
