namespace Molino.Runtime.Membership;

/// <summary>What a member of the cluster does. Whoever is not in the document is not a member.</summary>
public enum MemberStatus
{
    /// <summary>Owns slots.</summary>
    Active,

    /// <summary>Hands its slots over and leaves in order.</summary>
    Leaving,
}
