using Molino.Client;
using Molino.Core;
using Molino.Storage;
using Molino.Testing;

namespace Molino.Hosting.Tests;

/// <summary>What a submit may say: refused by name before anything is stored.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private MolinoTestHost _molino = null!;

    public static TheoryData<string, string> Refusals => new()
    {
        { "type", "type" },
        { "long-type", "" },
        { "args", "args" },
        { "unknown-member", "args.nmae" },
        { "argument", "args.count" },
        { "queue", "queue" },
        { "priority-low", "priority" },
        { "priority-high", "priority" },
        { "delay", "delay" },
        { "delay-endless", "delay" },
        { "delay-and-runAt", "runAt" },
        { "attempts-none", "maxAttempts" },
        { "attempts-many", "maxAttempts" },
        { "timeLimit", "timeLimit" },
        { "softTimeLimit", "softTimeLimit" },
        { "soft-above-hard", "softTimeLimit" },
        { "retry-factor", "retry" },
        { "retry-negative", "retry" },
        { "retry-endless", "retry" },
        { "key-empty", "idempotencyKey" },
        { "key-long", "idempotencyKey" },
        { "tags-many", "tags" },
        { "tag-empty", "tags" },
        { "tag-long", "tags" },
        { "resources", "resources" },
        { "dependsOn", "dependsOn" },
    };

    public async ValueTask InitializeAsync() => _molino = await MolinoTestHost.StartAsync(molino => molino.AddJob<CountHandler>());

    public ValueTask DisposeAsync() => _molino.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Submit_WithAWrongField_IsRefusedByItsNameAndNotStored(string mistake, string field)
    {
        var good = new JobSubmission { Type = "count", Args = RawJson.Parse("""{"name":"a","count":1}""") };
        var bad = mistake switch
        {
            "type" => good with { Type = "" },
            "long-type" => good with { Type = new string('t', 500) },
            "args" => good with { Args = RawJson.Parse("[1]") },
            "unknown-member" => good with { Args = RawJson.Parse("""{"name":"a","count":1,"nmae":"b"}""") },
            "argument" => good with { Args = RawJson.Parse("""{"name":"a","count":-1}""") },
            "queue" => good with { Queue = "No Such Name" },
            "priority-low" => good with { Priority = -1 },
            "priority-high" => good with { Priority = 11 },
            "delay" => good with { Delay = TimeSpan.FromSeconds(-1) },
            "delay-endless" => good with { Delay = TimeSpan.MaxValue },
            "delay-and-runAt" => good with { Delay = TimeSpan.FromSeconds(1), RunAt = DateTimeOffset.UtcNow },
            "attempts-none" => good with { MaxAttempts = 0 },
            "attempts-many" => good with { MaxAttempts = 1001 },
            "timeLimit" => good with { TimeLimit = TimeSpan.Zero },
            "softTimeLimit" => good with { SoftTimeLimit = TimeSpan.FromSeconds(-1) },
            "soft-above-hard" => good with { SoftTimeLimit = TimeSpan.FromSeconds(2), TimeLimit = TimeSpan.FromSeconds(1) },
            "retry-factor" => good with { Retry = new RetrySubmission { Factor = 0.5 } },
            "retry-negative" => good with { Retry = new RetrySubmission { First = TimeSpan.FromSeconds(-1) } },
            "retry-endless" => good with { Retry = new RetrySubmission { First = TimeSpan.MaxValue, Max = TimeSpan.MaxValue } },
            "key-empty" => good with { IdempotencyKey = "" },
            "key-long" => good with { IdempotencyKey = new string('k', 201) },
            "tags-many" => good with { Tags = [.. Enumerable.Range(0, 21).Select(i => $"t{i}")] },
            "tag-empty" => good with { Tags = [""] },
            "tag-long" => good with { Tags = [new string('t', 101)] },
            "resources" => good with { Resources = ["r"] },
            "dependsOn" => good with { DependsOn = ["j"] },
            _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, null),
        };

        var error = await Should.ThrowAsync<JobSystemException>(() => _molino.Client.SubmitAsync(bad, CancellationToken.None));

        if (field.Length == 0)
        {
            error.Code.ShouldBe(ErrorCodes.UnknownType);
            error.Message.Length.ShouldBeLessThan(300);
        }
        else
        {
            var refusal = error.ShouldBeOfType<JobValidationException>();
            refusal.Code.ShouldBe(mistake is "resources" or "dependsOn" ? ErrorCodes.NotAvailable : ErrorCodes.InvalidJob);
            refusal.Errors.Keys.ShouldContain(field);
        }

        (await _molino.Client.Transport.ListJobsAsync(new JobFilter(), CancellationToken.None)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_WithSeveralMistakes_NamesThemAll()
    {
        var error = await Should.ThrowAsync<JobValidationException>(() =>
            _molino.Client.SubmitAsync(new CountArgs("a", 1), new SubmitOptions { Priority = 99, MaxAttempts = 0, Queue = "UPPER" }));

        error.Errors.Keys.ShouldBe(["priority", "maxAttempts", "queue"], ignoreOrder: true);
    }

    [Fact]
    public async Task Submit_AtEveryLimit_IsTaken()
    {
        var job = await _molino.Client.SubmitAsync(new CountArgs("a", 1), new SubmitOptions
        {
            Queue = "q" + new string('x', 99),
            Priority = 10,
            MaxAttempts = 1000,
            IdempotencyKey = new string('k', 200),
            Tags = [.. Enumerable.Range(0, 20).Select(i => $"{i}".PadRight(100, 't'))],
            Delay = TimeSpan.FromDays(36_500),
            Retry = new RetrySubmission { First = TimeSpan.Zero, Max = TimeSpan.FromDays(36_500), Factor = 1 },
        });

        var view = await job.ViewAsync();
        (view.Status, view.Priority, view.MaxAttempts, view.Tags.Count).ShouldBe((JobStatus.Scheduled, 10, 1000, 20));
        (await job.CancelAsync()).Status.ShouldBe(JobStatus.Cancelled);
    }
}
