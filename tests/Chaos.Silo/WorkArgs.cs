namespace Molino.Chaos.Silo;

/// <summary>What a run is to do.</summary>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Fails">So many attempts fail at their end.</param>
[JobType(TypeName)]
public sealed record WorkArgs(int Milliseconds, int Fails)
{
    /// <summary>The job type.</summary>
    public const string TypeName = "chaos.work";
}
