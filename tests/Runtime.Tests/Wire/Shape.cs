using Orleans;

namespace Molino.Runtime.Tests.Wire;

[GenerateSerializer, Alias("test.shape")]
public abstract record Shape([property: Id(0)] string Name)
{
    [GenerateSerializer, Alias("test.circle")]
    public sealed record Circle(string Name, [property: Id(0)] double Radius) : Shape(Name);

    [GenerateSerializer, Alias("test.polygon")]
    public record Polygon(string Name, [property: Id(0)] Point[] Corners) : Shape(Name);

    [GenerateSerializer, Alias("test.square")]
    public sealed record Square(string Name, Point[] Corners, [property: Id(0)] int Side) : Polygon(Name, Corners);

    [GenerateSerializer, Alias("test.box")]
    public sealed record Box<T>([property: Id(0)] T Content) : Shape("box");
}
