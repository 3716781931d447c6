using Orleans;

namespace Molino.Runtime.Tests.Wire;

[GenerateSerializer, Immutable, Alias("test.point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
