using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Molino.Runtime.Wire;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Tests.Wire;

public sealed class CodecTests
{
    public static TheoryData<object> Values { get; } =
    [
        true, (byte)200, (sbyte)-7, (short)-300, (ushort)65_000, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, 'x', 1.5f, double.NaN, decimal.MinValue,
        string.Empty, "æ — 𝄞", Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), DateTime.UnixEpoch, DateTime.MaxValue, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)),
        TimeSpan.MinValue, DateOnly.MaxValue, TimeOnly.MaxValue, new Uri("https://example.org/a?b"), new Version(1, 2, 3), GrainId.Create("queue", "a/b"),
        new[] { 1, -1 }, new List<string> { "a" }, new Dictionary<string, int> { ["a"] = 1 }, ImmutableArray.Create(1, 2), (1, "a"), new Point(1, -2), new Shape.Circle("c", 2.5),
        new Shape.Box<int>(7), new Shape.Box<List<Point>>([new Point(1, 2)]), new byte[] { 1, 2 },
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void value_declared_as_object_comes_back_as_it_was(object value) =>
        Text(Wires.RoundTrip(value)).ShouldBe(Text(value));

    [Fact]
    public void message_with_all_kinds_of_members_comes_back_as_it_was() => Prop.ForAll(Samples.Messages.ToArbitrary(), message =>
        Text(Wires.RoundTrip(message)).ShouldBe(Text(message))).QuickCheckThrowOnFailure();

    [Fact]
    public void derived_messages_keep_their_types()
    {
        Shape?[] shapes = [new Shape.Square("s", [new Point(1, 2)], 3), new Shape.Polygon("p", []), null, new Shape.Circle("c", 1)];

        var back = Wires.RoundTrip(shapes);

        back.Select(s => s?.GetType()).ShouldBe(shapes.Select(s => s?.GetType()));
        back[0].ShouldBeOfType<Shape.Square>().Side.ShouldBe(3);
        back[0]!.Name.ShouldBe("s");
    }

    [Fact]
    public void type_that_nothing_can_write_is_named_in_the_error() =>
        Should.Throw<CodecNotFoundException>(() => Wires.RoundTrip(new StrongBox<int>(1))).Message.ShouldContain("StrongBox");

    [Fact]
    public void message_that_contains_itself_is_refused()
    {
        var message = new Everything();
        message.Inner = message;

        Should.Throw<SerializerException>(() => Wires.RoundTrip(message)).Message.ShouldContain("contains itself");
    }

    [Fact]
    public void exception_keeps_type_message_cause_and_remote_stack()
    {
        var error = Thrown(new InvalidOperationException("outer", new NotSupportedException("inner")));

        var back = Wires.RoundTrip<Exception>(error);

        back.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("outer");
        back.InnerException.ShouldBeOfType<NotSupportedException>().Message.ShouldBe(error.InnerException!.Message);
        back.StackTrace!.ShouldContain(nameof(Thrown));
        back.ToString().ShouldContain("outer");
    }

    [Fact]
    public void exception_with_ids_keeps_its_members() =>
        Wires.RoundTrip<Exception>(new CodedException("bad", "message")).ShouldBeOfType<CodedException>().Code.ShouldBe("bad");

    [Fact]
    public void aggregate_exception_keeps_all_causes() =>
        Wires.RoundTrip<Exception>(new AggregateException(new TimeoutException("a"), new CodedException("b", "c")))
            .ShouldBeOfType<AggregateException>().InnerExceptions.Select(e => e.GetType()).ShouldBe([typeof(TimeoutException), typeof(CodedException)]);

    [Fact]
    public void exception_of_an_unknown_type_arrives_as_the_fallback() =>
        Wires.RoundTrip<Exception>(Thrown(new JsonException("not there"))).ShouldBeOfType<UnavailableExceptionFallbackException>()
            .ExceptionType.ShouldBe(typeof(JsonException).FullName);

    private static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value, JsonOptions) + value?.GetType();

    private static readonly JsonSerializerOptions JsonOptions =
        new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals, IncludeFields = true, MaxDepth = 200 };
}
