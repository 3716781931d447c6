namespace Molino.Runtime.Membership;

/// <summary>A silo in the membership document.</summary>
/// <param name="Name">The name, unique in the cluster.</param>
/// <param name="Incarnation">Which life of the silo this is.</param>
/// <param name="Address">Where other silos connect, as <c>host:port</c>.</param>
/// <param name="Gateway">Where clients connect, as <c>host:port</c>.</param>
/// <param name="Status">What it does.</param>
public sealed record ClusterMember(string Name, long Incarnation, string Address, string Gateway, MemberStatus Status)
{
    /// <summary>Gets name and incarnation.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SiloKey Key => new(Name, Incarnation);
}
