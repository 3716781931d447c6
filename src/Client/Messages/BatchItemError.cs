using Orleans;

namespace Molino.Client;

/// <summary>Why an item of a batch was refused.</summary>
/// <param name="Code">The stable code, as of a single submit.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Errors">What is wrong, by field; absent when no field is to blame.</param>
[GenerateSerializer, Immutable, Alias("client.batch-item-error.v1")]
public sealed record BatchItemError([property: Id(0)] string Code, [property: Id(1)] string Message, [property: Id(2)] IReadOnlyDictionary<string, string[]>? Errors);
