using Orleans;

namespace Molino.Runtime.Tests.Copying;

/// <summary>A mutable message with most kinds of members.</summary>
[GenerateSerializer]
[Alias("test.parcel.v1")]
public class Parcel
{
    [Id(0)]
    private readonly int _secret;

    public Parcel(int secret) => _secret = secret;

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public List<int> Numbers { get; set; } = [];

    [Id(3)]
    public Dictionary<string, byte[]> Blobs { get; init; } = [];

    [Id(4)]
    public Parcel? Inner { get; set; }

    [Id(5)]
    public IReadOnlyList<Label>? Labels { get; set; }

    [Id(6)]
    public (int Weight, List<string> Notes)? Details { get; set; }

    public int Secret() => _secret;
}
