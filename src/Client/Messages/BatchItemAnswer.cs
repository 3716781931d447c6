using Molino.Core;
using Orleans;

namespace Molino.Client;

/// <summary>The answer to one item of a batch that is not all or nothing.</summary>
/// <param name="Id">The job, when it was accepted or its idempotency key was known.</param>
/// <param name="Duplicate">Whether the key was known; absent for no.</param>
/// <param name="Error">Why it was refused; absent when it was accepted.</param>
[GenerateSerializer, Immutable, Alias("client.batch-item.v1")]
public sealed record BatchItemAnswer([property: Id(0)] JobId? Id, [property: Id(1)] bool? Duplicate, [property: Id(2)] BatchItemError? Error);
