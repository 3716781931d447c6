using System.Text.Json;
using System.Text.Json.Nodes;

namespace Molino.Client.Tests;

public sealed class SubmissionWriterTests
{
    public static TheoryData<JobSubmission> Submissions => new(
        new JobSubmission { Type = "noop" },
        new JobSubmission { Type = "a.b", Args = RawJson.Parse("""{"text":"ñ \"x\" 🐝"}"""), Queue = "q", Priority = 0, Hold = false },
        new JobSubmission
        {
            Type = "é\"",
            Args = RawJson.Parse("[1]"),
            Queue = "q",
            Priority = 10,
            Delay = TimeSpan.FromSeconds(1.5),
            RunAt = new DateTimeOffset(2026, 1, 31, 8, 0, 0, 123, TimeSpan.FromHours(-5)),
            ExpiresAt = DateTimeOffset.UnixEpoch,
            IdempotencyKey = "k <&>",
            MaxAttempts = 3,
            TimeLimit = TimeSpan.FromMinutes(5),
            SoftTimeLimit = TimeSpan.FromMinutes(4),
            Retry = new RetrySubmission { First = TimeSpan.FromSeconds(2), Factor = 1.5, Max = TimeSpan.FromHours(1), Jitter = true },
            Resources = ["r"],
            Tags = ["a", "b"],
            DependsOn = [],
            Hold = true,
        },
        new JobSubmission { Type = "x", Retry = new RetrySubmission() });

    [Theory]
    [MemberData(nameof(Submissions))]
    public void Write_any_submission_is_what_the_serializer_writes(JobSubmission submission)
    {
        using var body = SubmissionWriter.Write(submission);
        var expected = JsonSerializer.SerializeToNode(submission, MolinoJson.Options)!.AsObject();
        if (submission.Args.IsEmpty) expected.Remove("args");
        JsonNode.DeepEquals(JsonNode.Parse(body.Written.Span), expected).ShouldBeTrue();
    }

    [Fact]
    public void Write_every_property_of_a_submission_is_known_here()
    {
        var written = new[]
        {
            "Type", "Args", "Queue", "Priority", "Delay", "RunAt", "ExpiresAt", "IdempotencyKey", "MaxAttempts", "Retry", "TimeLimit", "SoftTimeLimit",
            "Resources", "Tags", "DependsOn", "Hold",
        };
        typeof(JobSubmission).GetProperties().Select(property => property.Name).ShouldBe(written, ignoreOrder: true);
    }

    [Fact]
    public void Write_batch_larger_than_the_first_buffer_is_whole()
    {
        var jobs = Enumerable.Range(0, 1000).Select(i => new JobSubmission { Type = "echo", Args = RawJson.From(new { i }), Tags = [new string('x', 90)] }).ToList();
        using var body = SubmissionWriter.Write(jobs);
        JsonSerializer.Deserialize<List<JobSubmission>>(body.Written.Span, MolinoJson.Options)!.Select(job => job.Args).ShouldBe(jobs.Select(job => job.Args));
    }
}
