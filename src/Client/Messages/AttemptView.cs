using Molino.Core;
using Orleans;

namespace Molino.Client;

/// <summary>An ended attempt.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Silo">Where it ran.</param>
/// <param name="StartedAt">When it was leased, UTC.</param>
/// <param name="FinishedAt">When its end was stored, UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why, unless it succeeded.</param>
[GenerateSerializer, Immutable, Alias("client.attempt.v1")]
public sealed record AttemptView(
    [property: Id(0)] int Number,
    [property: Id(1)] string Silo,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset FinishedAt,
    [property: Id(4)] AttemptOutcome Outcome,
    [property: Id(5)] JobError? Error);
