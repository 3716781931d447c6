using System.Collections.Immutable;
using Orleans;

namespace Molino.Runtime.Tests.Wire;

[GenerateSerializer, Alias("test.everything")]
public sealed class Everything
{
    [Id(0)]
    public bool Flag { get; set; }

    [Id(1)]
    public int Int { get; set; }

    [Id(2)]
    public long Long { get; set; }

    [Id(3)]
    public ulong Unsigned { get; set; }

    [Id(4)]
    public double Double { get; set; }

    [Id(5)]
    public decimal Decimal { get; set; }

    [Id(6)]
    public string? Text { get; set; }

    [Id(7)]
    public Guid Guid { get; set; }

    [Id(8)]
    public DateTimeOffset At { get; set; }

    [Id(9)]
    public TimeSpan Span { get; set; }

    [Id(10)]
    public ReadOnlyMemory<byte> Bytes { get; set; }

    [Id(11)]
    public int[]? Numbers { get; set; }

    [Id(12)]
    public List<string?>? Texts { get; set; }

    [Id(13)]
    public Dictionary<string, int?>? Map { get; set; }

    [Id(14)]
    public DayOfWeek Day { get; set; }

    [Id(15)]
    public int? Maybe { get; set; }

    [Id(16)]
    public ImmutableArray<Point> Points { get; set; }

    [Id(17)]
    public Shape? Shape { get; set; }

    [Id(18)]
    public object? Anything { get; set; }

    [Id(19)]
    public IReadOnlyList<Shape?>? Shapes { get; set; }

    [Id(20)]
    public (int Left, string? Right) Pair { get; set; }

    [Id(21)]
    public Everything? Inner { get; set; }

    [Id(22)]
    public char Char { get; set; }

    [Id(23)]
    public DateTime Date { get; set; }
}
