namespace Molino.Runtime.Membership;

/// <summary>What follows changes of the membership. Called by one change after the other.</summary>
internal interface IMembershipListener
{
    /// <summary>A new view is about to be used. Must be quick.</summary>
    /// <param name="before">The view in use.</param>
    /// <param name="after">The new view.</param>
    void Prepare(ClusterView before, ClusterView after);

    /// <summary>A new view is in use. Must be quick.</summary>
    /// <param name="after">The new view.</param>
    void OnView(ClusterView after);

    /// <summary>This silo was removed: everything ends before it joins again.</summary>
    /// <param name="removed">The life that is over.</param>
    /// <returns>A task.</returns>
    Task OnRemovedAsync(SiloKey removed);
}
