using Orleans;

namespace Molino.Runtime.Tests.Copying;

/// <summary>Says that it does not change, though its array could.</summary>
[GenerateSerializer]
[Immutable]
[Alias("test.envelope.v1")]
public sealed record Envelope([property: Id(0)] byte[] Content);
