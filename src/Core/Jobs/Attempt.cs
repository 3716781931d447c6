using Orleans;

namespace Molino.Core;

/// <summary>One ended attempt in a job's history.</summary>
/// <param name="Number">The attempt's number, counted from 1; attempts that are not counted repeat a number.</param>
/// <param name="Silo">Where it ran.</param>
/// <param name="StartedAt">When it was leased, UTC.</param>
/// <param name="FinishedAt">When its end was stored, UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why, unless it succeeded.</param>
[GenerateSerializer, Immutable, Alias("job.attempt.v1")]
public sealed record Attempt(
    [property: Id(0)] int Number,
    [property: Id(1)] string Silo,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset FinishedAt,
    [property: Id(4)] AttemptOutcome Outcome,
    [property: Id(5)] JobError? Error);
