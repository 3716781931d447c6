using Orleans;

namespace Molino.Runtime.Tests.Storage;

[GenerateSerializer]
[Alias("test.tally.v1")]
public sealed class Tally
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public List<string> Notes { get; } = [];
}
