using Orleans;

namespace Molino.Runtime.Benchmarks;

[GenerateSerializer]
[Alias("bench.counter.v1")]
public sealed class Counter
{
    [Id(0)]
    public long Value { get; set; }
}
