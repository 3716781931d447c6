using Orleans;

namespace Molino.Client;

/// <summary>The answer to a submit.</summary>
/// <param name="Job">The job; after a wait, as it was when the wait ended.</param>
/// <param name="Duplicate">Whether the idempotency key was known and this is the first job.</param>
[GenerateSerializer, Immutable, Alias("client.submit-answer.v1")]
public sealed record SubmitAnswer([property: Id(0)] JobView Job, [property: Id(1)] bool Duplicate);
