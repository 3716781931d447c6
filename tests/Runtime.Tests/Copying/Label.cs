using Orleans;

namespace Molino.Runtime.Tests.Copying;

/// <summary>Cannot change: never copied, except in hostile mode.</summary>
[GenerateSerializer]
[Alias("test.label.v1")]
public sealed record Label([property: Id(0)] string Text, [property: Id(1)] int Size);
