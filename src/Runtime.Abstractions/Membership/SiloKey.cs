namespace Molino.Runtime.Membership;

/// <summary>One life of a silo. A silo that was removed and comes back has a new incarnation.</summary>
/// <param name="Name">The name of the silo.</param>
/// <param name="Incarnation">Counts all lives in the cluster from 1; never used twice.</param>
public readonly record struct SiloKey(string Name, long Incarnation)
{
    /// <summary>Returns <c>name@incarnation</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name}@{Incarnation}";
}
