using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>Batches and lists.</summary>
/// <param name="subject">The transport.</param>
public abstract class BatchTransportConformance(ITransportUnderTest subject) : TransportSuite(subject)
{
    [Fact]
    public async Task Batch_with_keys_is_the_same_jobs_when_sent_again()
    {
        var key = NewName("batch");
        JobSubmission[] batch = [.. Enumerable.Range(0, 500).Select(i => Job("echo", new { i }) with { IdempotencyKey = $"{key}-{i}" })];

        var ids = await Transport.SubmitBatchAsync(batch, Token);
        var again = await Transport.SubmitBatchAsync(batch, Token);

        ids.Distinct().Count().ShouldBe(batch.Length);
        again.ShouldBe(ids);
        var last = await Transport.GetJobAsync(ids[^1], Patience, Token);
        last.Result!.Value.To<Dictionary<string, int>>()!["i"].ShouldBe(batch.Length - 1);
    }

    [Fact]
    public async Task Batch_of_sixteen_mebibytes_is_taken()
    {
        var text = new string('y', 2 << 20);

        var ids = await Transport.SubmitBatchAsync([.. Enumerable.Range(0, 9).Select(_ => Job("echo", text) with { Hold = true })], Token);

        ids.Count.ShouldBe(9);
        (await Transport.GetJobAsync(ids[8], TimeSpan.Zero, Token)).Args.Utf8.Length.ShouldBe(text.Length + 2);
        foreach (var id in ids) await Transport.CancelAsync(id, null, Token);
    }

    [Fact]
    public async Task Batch_with_one_bad_job_stores_none()
    {
        var queue = NewName("none");

        await RefusedAsync(() => Transport.SubmitBatchAsync([Held(queue), Job("no.such.type")], Token), "unknown_type", 404);

        await RefusedAsync(() => Transport.QueueAsync(queue, Token), "unknown_queue", 404);
    }

    [Fact]
    public async Task Each_answers_every_job_on_its_own()
    {
        var answers = await Transport.SubmitEachAsync([Held(), Job("noop") with { Priority = 12 }, Job("no.such.type"), Held()], Token);

        answers.Select(answer => answer.Error?.Code).ShouldBe([null, "invalid_job", "unknown_type", null]);
        answers[0].Id.ShouldNotBeNull();
        answers[1].Error!.Errors!.Keys.ShouldContain("priority");
        answers[3].Id.ShouldNotBeNull();
    }

    [Fact]
    public async Task List_filters_and_turns_pages()
    {
        var (queue, tag) = (NewName("list"), NewName("tag"));
        for (var i = 0; i < 5; i++) await SubmitAsync(Held(queue) with { Tags = i == 2 ? [tag] : null });

        var first = await Transport.ListJobsAsync(new JobFilter { Queue = queue, Limit = 3 }, Token);
        var rest = await Transport.ListJobsAsync(new JobFilter { Queue = queue, Limit = 3, Cursor = first.NextCursor }, Token);

        first.Items.Concat(rest.Items).Select(job => job.Id).Distinct().Count().ShouldBe(5);
        first.Items[0].CreatedAt.ShouldBeGreaterThanOrEqualTo(rest.Items[^1].CreatedAt);
        (await Transport.ListJobsAsync(new JobFilter { Queue = queue, Tag = tag }, Token)).Items.Single().Tags.ShouldBe([tag]);
        (await Transport.ListJobsAsync(new JobFilter { Queue = queue, Status = JobStatus.Queued }, Token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_of_large_jobs_is_turned_page_by_page()
    {
        var queue = NewName("large");
        var text = new string('z', 3 << 20);
        for (var i = 0; i < 8; i++) await SubmitAsync(Job("echo", text) with { Hold = true, Queue = queue });

        var seen = 0;
        for (var filter = new JobFilter { Queue = queue }; ;)
        {
            var page = await Transport.ListJobsAsync(filter, Token);
            seen += page.Items.Count;
            foreach (var job in page.Items) await Transport.CancelAsync(job.Id, null, Token);
            if (page.NextCursor is null) break;
            filter = filter with { Cursor = page.NextCursor };
        }

        seen.ShouldBe(8);
    }
}
