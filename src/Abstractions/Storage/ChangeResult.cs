using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>The answer to one change.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Job">The job as it now stands: after the change, or as it was found; null when there is none.</param>
/// <param name="IsLate">Whether the store had to begin anew, so that what was asked of it later may have been done earlier.</param>
[GenerateSerializer, Immutable, Alias("store.change-result.v1")]
public readonly record struct ChangeResult([property: Id(0)] ChangeOutcome Outcome, [property: Id(1)] Job? Job, [property: Id(2)] bool IsLate = false)
{
    /// <summary>Whether the change has its effect in the store, by this call or an earlier one.</summary>
    public bool IsStored => Outcome is ChangeOutcome.Applied or ChangeOutcome.Replayed;
}
