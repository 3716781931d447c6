namespace Molino.Runtime.Membership;

/// <summary>The membership as the rest of the runtime sees it.</summary>
internal interface IMembership : ILocalSilo
{
    /// <summary>Gets the newest view known here.</summary>
    ClusterView View { get; }

    /// <summary>Joins, and goes on in the background until <see cref="LeaveAsync"/>.</summary>
    /// <param name="listener">Is told what changes.</param>
    /// <param name="address">Where other silos connect.</param>
    /// <param name="gateway">Where clients connect.</param>
    /// <param name="cancellationToken">Ends trying to join.</param>
    /// <returns>A task that completes when joined.</returns>
    Task JoinAsync(IMembershipListener listener, string address, string gateway, CancellationToken cancellationToken);

    /// <summary>Gives all slots up and stays a member, so that what is under way can end.</summary>
    /// <param name="cancellationToken">Ends trying.</param>
    /// <returns>A task.</returns>
    Task StartLeavingAsync(CancellationToken cancellationToken);

    /// <summary>Leaves the cluster.</summary>
    /// <param name="cancellationToken">Ends trying; others will find this silo dead then.</param>
    /// <returns>A task.</returns>
    Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>Tells that another silo knows a version; the table is read at once if it is newer.</summary>
    /// <param name="version">The version.</param>
    void Hint(long version);

    /// <summary>Waits until a version, or a newer one, is known here.</summary>
    /// <param name="version">The version.</param>
    /// <param name="longest">How long to wait at most; no error when it is over.</param>
    /// <returns>A task.</returns>
    Task ReachAsync(long version, TimeSpan longest);
}
