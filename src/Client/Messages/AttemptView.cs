using Molino.Core;

namespace Molino.Client;

/// <summary>An ended attempt.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Silo">Where it ran.</param>
/// <param name="StartedAt">When it was leased, UTC.</param>
/// <param name="FinishedAt">When its end was stored, UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why, unless it succeeded.</param>
public sealed record AttemptView(int Number, string Silo, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, AttemptOutcome Outcome, JobError? Error);
