namespace Molino.Runtime.Membership;

/// <summary>This silo as a member of the cluster: what stores put on their writes, and whether writing makes sense.</summary>
public interface ILocalSilo
{
    /// <summary>Gets name and incarnation. In a silo without a cluster the incarnation is 0; before the first join and between lives it is -1.</summary>
    SiloKey Key { get; }

    /// <summary>
    /// Gets a value indicating whether turns that write may start: the silo is a member, and its last beat was stored less than 3 s
    /// ago. A silo that cannot beat will be removed, and its writes refused.
    /// </summary>
    bool MayWrite { get; }

    /// <summary>Gets a token of the present life, cancelled when the silo was removed or has left. Without a cluster it is never cancelled before the silo stops.</summary>
    CancellationToken Life { get; }
}
