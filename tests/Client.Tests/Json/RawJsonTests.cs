using System.Text;
using System.Text.Json;
using Molino.Core;

namespace Molino.Client.Tests;

public sealed class RawJsonTests
{
    private sealed record Holder(RawJson Value, RawJson? Maybe, string? After);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\":[1,2,{\"b\":null}]}", "{\"a\":[1,2,{\"b\":null}]}")]
    [InlineData("{ \"a b\" :\n[ 1 ,\t2 ]\r\n}", "{\"a b\":[1,2]}")]
    [InlineData("[ \"quote \\\" and \\\\\" , \"\\\\\" ]", "[\"quote \\\" and \\\\\",\"\\\\\"]")]
    [InlineData("\"a \\n b\"", "\"a \\n b\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"ñandú\"", "\"ñandú\"")]
    [InlineData("-12.50e3", "-12.50e3")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    public async Task Read_any_value_keeps_its_bytes_without_blanks(string json, string expected)
    {
        var text = $"{{ \"value\" : {json} , \"after\":\"x\" }}";
        JsonSerializer.Deserialize<Holder>(text, MolinoJson.Options)!.ShouldSatisfyAllConditions(
            holder => holder.Value.ToString().ShouldBe(expected), holder => holder.After.ShouldBe("x"));

        using var small = new DrippingStream(Encoding.UTF8.GetBytes(text));
        var streamed = await JsonSerializer.DeserializeAsync<Holder>(small, MolinoJson.Options);
        streamed!.Value.ToString().ShouldBe(expected);

        JsonSerializer.Deserialize<RawJson>(json, MolinoJson.Options).ToString().ShouldBe(expected);
        var sequence = Segments(Encoding.UTF8.GetBytes(json));
        var reader = new Utf8JsonReader(sequence);
        JsonSerializer.Deserialize<RawJson>(ref reader, MolinoJson.Options).ToString().ShouldBe(expected);
    }

    [Fact]
    public void Read_null_into_an_optional_value_is_told_from_absent()
    {
        JsonSerializer.Deserialize<Holder>("""{"value":1,"maybe":2}""", MolinoJson.Options)!.Maybe!.Value.ToString().ShouldBe("2");
        JsonSerializer.Deserialize<Holder>("""{"value":1}""", MolinoJson.Options)!.Maybe.ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1")]
    [InlineData("[1,]")]
    public void Read_broken_value_throws(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<RawJson>(json, MolinoJson.Options));

    [Fact]
    public void Read_deeper_than_allowed_throws()
    {
        var json = new string('[', 65) + new string(']', 65);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<RawJson>(json, MolinoJson.Options));
    }

    [Fact]
    public void Read_deepest_arguments_in_a_list()
    {
        var args = new string('[', 64) + new string(']', 64);
        var id = JobId.Create(DateTimeOffset.UnixEpoch, 1);
        var list = JsonSerializer.Deserialize<JobListView>(
            $$"""{"items":[{"id":"{{id}}","type":"echo","queue":"q","priority":5,"status":"queued","attempt":0,"maxAttempts":1,"epoch":0,"args":{{args}},"createdAt":"2026-01-31T12:00:00Z"}]}""",
            MolinoJson.Results);
        list!.Items.Single().Args.ToString().ShouldBe(args);
    }

    [Fact]
    public void View_without_lists_has_empty_ones()
    {
        const string Json = """
            {"id":"ID","type":"noop","queue":"default","priority":5,"status":"queued","attempt":0,"maxAttempts":4,"epoch":0,"createdAt":"2026-01-31T08:00:00Z","new":1}
            """;
        var id = Molino.Core.JobId.Create(DateTimeOffset.UnixEpoch, 1);
        var view = JsonSerializer.Deserialize<JobView>(Json.Replace("ID", id.ToString(), StringComparison.Ordinal), MolinoJson.Results)!;
        view.Tags.ShouldBeEmpty();
        view.Resources.ShouldBeEmpty();
        view.Parents.ShouldBeEmpty();
        view.Children.ShouldBeEmpty();
        view.Id.ShouldBe(id);
    }

    private static System.Buffers.ReadOnlySequence<byte> Segments(byte[] bytes)
    {
        var first = new Segment(bytes.AsMemory(0, 1), 0);
        var last = first.Append(bytes.AsMemory(1));
        return new System.Buffers.ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : System.Buffers.ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
