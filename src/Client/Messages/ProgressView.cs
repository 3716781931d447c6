using Orleans;

namespace Molino.Client;

/// <summary>Progress of an attempt.</summary>
/// <param name="Fraction">0 to 1; absent when unknown.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Data">The handler's own JSON.</param>
[GenerateSerializer, Immutable, Alias("client.progress.v1")]
public sealed record ProgressView([property: Id(0)] double? Fraction, [property: Id(1)] string? Message, [property: Id(2)] RawJson? Data);
