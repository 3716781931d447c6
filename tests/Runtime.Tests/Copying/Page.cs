using Orleans;

namespace Molino.Runtime.Tests.Copying;

[GenerateSerializer]
[Alias("test.page.v1")]
public record struct Page<T>([property: Id(0)] T[] Items, [property: Id(1)] int Number);
