using Microsoft.Extensions.Options;
using Molino.Runtime.Membership;
using Molino.Runtime.Transport;
using Orleans.Configuration;

namespace Molino.Runtime.Clustering;

/// <summary>The options of a silo in a cluster, in one place.</summary>
internal sealed class ClusterSettings(
    IOptions<ClusterOptions> identity, IOptions<EndpointOptions> endpoints, IOptions<TransportOptions> transport, IOptions<MembershipOptions> membership)
{
    /// <summary>Gets the identity of the cluster.</summary>
    public ClusterOptions Identity => identity.Value;

    /// <summary>Gets the addresses.</summary>
    public EndpointOptions Endpoints => endpoints.Value;

    /// <summary>Gets the settings of connections.</summary>
    public TransportOptions Transport => transport.Value;

    /// <summary>Gets the times of the membership.</summary>
    public MembershipOptions Membership => membership.Value;
}
