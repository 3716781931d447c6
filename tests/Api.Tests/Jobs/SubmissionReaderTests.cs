using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Molino.Client;
using Molino.Core;

namespace Molino.Api.Tests;

public sealed class SubmissionReaderTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_260_131UL, 17UL);

    [Fact]
    public void Valid_submission_reads_as_the_serializer_does() =>
        Prop.ForAll(Submissions().ToArbitrary(), json =>
        {
            var expected = JsonSerializer.Deserialize<JobSubmission>(json, MolinoJson.Options)!;
            return Same(SubmissionReader.ReadOne(Encoding.UTF8.GetBytes(json)), expected);
        }).Check(Checks);

    [Fact]
    public void Valid_batch_reads_as_the_serializer_does() =>
        Prop.ForAll(Submissions().NonEmptyListOf().ToArbitrary(), items =>
        {
            var json = "[" + string.Join(" , ", items) + "]";
            var expected = JsonSerializer.Deserialize<List<JobSubmission>>(json, MolinoJson.Options)!;
            var batch = SubmissionReader.ReadBatch(Encoding.UTF8.GetBytes(json), 10_000);
            return batch.Count == expected.Count && batch.Submissions.Zip(expected).All(pair => Same(pair.First, pair.Second));
        }).Check(Checks.WithMaxTest(300));

    [Fact]
    public void Any_bytes_are_read_or_refused_by_name() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes =>
        {
            try
            {
                // What is taken must be what the serializer reads: nothing slips through half understood.
                return Same(SubmissionReader.ReadOne(bytes), JsonSerializer.Deserialize<JobSubmission>(bytes, MolinoJson.Options)!);
            }
            catch (JsonException)
            {
                return true;
            }
            catch (JobValidationException refused)
            {
                return refused.Errors.Count > 0;
            }
        }).Check(Checks.WithMaxTest(20_000));

    [Fact]
    public void Any_bytes_as_batch_are_read_or_refused_by_name() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes =>
        {
            byte[] batch = [.. "["u8, .. bytes, .. "]"u8];
            try
            {
                SubmissionReader.ReadBatch(batch, 10).ThrowIfAny();
                return true;
            }
            catch (JsonException)
            {
                return true;
            }
            catch (JobValidationException refused)
            {
                return refused.Errors.Count > 0;
            }
        }).Check(Checks.WithMaxTest(5000));

    [Fact]
    public void Args_are_kept_as_written()
    {
        var submission = SubmissionReader.ReadOne("""{ "args" : { "b":1.50, "a" : [ 1e3 ,"\u00e9\n" ] } , "type":"echo"}"""u8);
        submission.Args.ToString().ShouldBe("""{ "b":1.50, "a" : [ 1e3 ,"\u00e9\n" ] }""");
    }

    [Fact]
    public void Escaped_field_name_is_known() => SubmissionReader.ReadOne("""{"t\u0079pe":"noop"}"""u8).Type.ShouldBe("noop");

    [Fact]
    public void Null_counts_as_absent()
    {
        var submission = SubmissionReader.ReadOne("""{"type":"noop","args":null,"queue":null,"priority":null,"retry":null,"tags":null,"delay":null,"hold":null}"""u8);
        Same(submission, new JobSubmission { Type = "noop" }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""\ud83d\ude00""", false)]
    [InlineData("""a\ud83dz""", true)]
    [InlineData("""\ud83d\n""", true)]
    [InlineData("""\ud83d\ud83d\ude00""", true)]
    [InlineData("""\ude00""", true)]
    [InlineData("""\\ud83d""", false)]
    [InlineData("""x\ud83d""", true)]
    public void Lone_surrogate_is_found(string raw, bool lone) => JsonEscapes.HasLoneSurrogate(Encoding.UTF8.GetBytes(raw)).ShouldBe(lone);

    private static bool Same(JobSubmission actual, JobSubmission expected)
    {
        var read = Normal(actual);
        return JsonNode.DeepEquals(read, Normal(expected)) ? true : throw new InvalidOperationException($"{read} is not {Normal(expected)}");
    }

    private static JsonNode Normal(JobSubmission submission)
    {
        var args = submission.Args.IsEmpty || submission.Args.Utf8.Span.SequenceEqual("null"u8) ? RawJson.Parse("{}") : submission.Args;
        return JsonSerializer.SerializeToNode(submission with { Args = args }, MolinoJson.Options)!;
    }

    private static Gen<string> Submissions()
    {
        var field = Gen.OneOf(
            Field("type", "\"noop\"", "\"sql.query\"", "\"n\\u006fop\"", "null", "\"\""),
            Field("args", "{}", "[]", "null", "1", "\"\\ud83d\\ude00\"", "{\"a\":{\"b\":[true,false,null,1e5,-0.5]}}", "{\"é\":\"ñ\"}"),
            Field("queue", "\"default\"", "\"a.b-c_d\"", "null"),
            Field("priority", "0", "10", "-3", "null"),
            Field("delay", "0", "1.5", "\"00:05:00\"", "null", "1e3"),
            Field("runAt", "\"2026-01-31T08:00:00Z\"", "\"2026-01-31T08:00:00.1234567+02:00\"", "null"),
            Field("expiresAt", "\"2030-12-31T23:59:59Z\"", "null"),
            Field("idempotencyKey", "\"k\"", "\"a\\\"b\"", "null"),
            Field("maxAttempts", "1", "1000", "null"),
            Field("retry", "{}", "null", "{\"first\":1,\"factor\":2.5,\"max\":\"00:10:00\",\"jitter\":false}", "{\"jitter\":null}"),
            Field("timeLimit", "300", "\"01:00:00\""),
            Field("softTimeLimit", "240.25", "null"),
            Field("tags", "[]", "[\"a\",\"b\"]", "null"),
            Field("resources", "[]", "null"),
            Field("dependsOn", "[]", "null"),
            Field("hold", "true", "false", "null"));
        return field.ListOf().Select(fields => "{" + string.Join(",", fields.DistinctBy(pair => pair.Name).Select(pair => $" \"{pair.Name}\" : {pair.Value}")) + "}");
    }

    private static Gen<(string Name, string Value)> Field(string name, params string[] values) => Gen.Elements(values).Select(value => (name, value));

    private static Gen<byte[]> Mutations() =>
        from json in Submissions()
        from edits in Gen.Zip(Gen.Choose(0, 10_000), Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("{}[]\",:\\u0nt1-".Select(c => (int)c).ToArray()))).ListOf()
        from kind in Gen.Choose(0, 2)
        select Mutate(Encoding.UTF8.GetBytes(json), edits.Take(4), kind);

    private static byte[] Mutate(byte[] bytes, IEnumerable<(int Place, int Value)> edits, int kind)
    {
        var list = bytes.ToList();
        foreach (var (place, value) in edits)
        {
            if (list.Count == 0) break;
            var index = place % list.Count;
            if (kind == 0) list[index] = (byte)value;
            else if (kind == 1) list.Insert(index, (byte)value);
            else list.RemoveAt(index);
        }

        return [.. list];
    }
}
