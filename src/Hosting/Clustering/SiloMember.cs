namespace Molino.Hosting;

/// <summary>A silo of the cluster.</summary>
/// <param name="Name">The name that it leases under, with its incarnation: another start of it has another.</param>
/// <param name="Address">Where other silos connect.</param>
internal sealed record SiloMember(string Name, string Address);
