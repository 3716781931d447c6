using Orleans;

namespace Molino.Core;

/// <summary>How long an attempt may run (requirement D8).</summary>
/// <param name="Hard">The attempt is ended after this; above zero.</param>
/// <param name="Soft">The handler is asked to stop after this; above zero and not above <paramref name="Hard"/>.</param>
[GenerateSerializer, Immutable, Alias("job.time-limits.v1")]
public readonly record struct TimeLimits([property: Id(0)] TimeSpan Hard, [property: Id(1)] TimeSpan Soft)
{
    /// <summary>Hard limit 300 s, soft limit 240 s.</summary>
    public static TimeLimits Default { get; } = new(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(240));

    /// <summary>Limits from what was given: a missing soft limit is four fifths of the hard one, as in the defaults.</summary>
    /// <param name="hard">Hard limit, or null for that of <paramref name="fallback"/>.</param>
    /// <param name="soft">Soft limit, or null.</param>
    /// <param name="fallback">Limits of the job's type.</param>
    public static TimeLimits From(TimeSpan? hard, TimeSpan? soft, TimeLimits fallback)
    {
        var chosen = hard ?? fallback.Hard;
        if (soft is { } given) return new TimeLimits(hard is null && given > chosen ? given : chosen, given);
        return hard is null ? fallback : new TimeLimits(chosen, chosen * 0.8);
    }
}
