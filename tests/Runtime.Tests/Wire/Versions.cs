using Orleans;

namespace Molino.Runtime.Tests.Wire;

/// <summary>The same message as three releases know it: the second has more members, the third a base class with members.</summary>
public static class Versions
{
    [GenerateSerializer, Alias("test.v1")]
    public sealed record First([property: Id(0)] string Name, [property: Id(2)] int Count);

    [GenerateSerializer, Alias("test.v2")]
    public sealed record Second
    {
        [Id(0)]
        public string? Name { get; init; }

        [Id(1)]
        public List<Shape>? Shapes { get; init; } = [];

        [Id(2)]
        public int Count { get; init; }

        [Id(3)]
        public Dictionary<string, object>? Extra { get; init; }

        [Id(4)]
        public int Limit { get; init; } = 7;
    }
}
