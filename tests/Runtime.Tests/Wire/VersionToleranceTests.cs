using Molino.Runtime.Wire;

namespace Molino.Runtime.Tests.Wire;

public sealed class VersionToleranceTests
{
    [Fact]
    public void older_release_skips_what_a_newer_one_added()
    {
        var bytes = Wires.Codecs.ToBytes(new Versions.Second
        {
            Name = "n",
            Count = 3,
            Shapes = [new Shape.Square("s", [new Point(1, 2)], 4), new Shape.Box<Point[]>([])],
            Extra = new() { ["a"] = new List<string> { "b" }, ["c"] = 1.5m },
        });

        Wires.Codecs.FromBytes<Versions.First>(bytes).ShouldBe(new Versions.First("n", 3));
    }

    [Fact]
    public void newer_release_keeps_its_initial_values_for_what_an_older_one_does_not_send()
    {
        var read = Wires.Codecs.FromBytes<Versions.Second>(Wires.Codecs.ToBytes(new Versions.First("n", 3)));

        read.Name.ShouldBe("n");
        read.Count.ShouldBe(3);
        read.Shapes.ShouldBeEmpty();
        read.Extra.ShouldBeNull();
        read.Limit.ShouldBe(7);
    }

    [Fact]
    public void null_is_sent_and_not_taken_for_missing() =>
        Wires.RoundTrip(new Versions.Second { Shapes = null }).Shapes.ShouldBeNull();

    [Fact]
    public void names_of_types_inside_of_skipped_members_count_for_those_behind_them()
    {
        using var writer = new WireWriter(Wires.Codecs);
        writer.Kind(WireKind.Group);
        writer.Field<object>(99, new Shape.Circle("skipped", 1));
        writer.Field<Shape>(17, new Shape.Circle("read", 2));
        writer.End();

        Wires.Codecs.FromBytes<Everything>(writer.Written).Shape.ShouldBe(new Shape.Circle("read", 2));
    }
}
