using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>Submits, waits, changes of single jobs, and what is refused.</summary>
/// <param name="subject">The transport.</param>
public abstract class JobTransportConformance(ITransportUnderTest subject) : TransportSuite(subject)
{
    [Fact]
    public async Task Submit_with_all_fields_is_shown_as_it_was_sent()
    {
        var queue = NewName("all");
        var job = await SubmitAsync(new JobSubmission
        {
            Type = "echo",
            Args = RawJson.Parse("""{"text":"grüße", "n":[1,2.50]}"""),
            Queue = queue,
            Priority = 7,
            Delay = TimeSpan.FromHours(1),
            ExpiresAt = new DateTimeOffset(2099, 1, 2, 3, 4, 5, TimeSpan.Zero),
            MaxAttempts = 3,
            Retry = new RetrySubmission { First = TimeSpan.FromSeconds(1), Factor = 2, Max = TimeSpan.FromSeconds(9), Jitter = false },
            TimeLimit = TimeSpan.FromSeconds(30),
            SoftTimeLimit = TimeSpan.FromSeconds(20),
            Tags = ["a", "b"],
            Resources = [],
        });

        var read = await Transport.GetJobAsync(job.Id, TimeSpan.Zero, Token);
        foreach (var view in new[] { job, read })
        {
            view.Status.ShouldBe(JobStatus.Scheduled);
            (view.Type, view.Queue, view.Priority, view.MaxAttempts).ShouldBe(("echo", queue, 7, 3));
            view.Args.To<Dictionary<string, object>>()!["text"].ToString().ShouldBe("grüße");
            view.ExpiresAt.ShouldBe(new DateTimeOffset(2099, 1, 2, 3, 4, 5, TimeSpan.Zero));
            view.DueAt!.Value.ShouldBeGreaterThan(view.CreatedAt);
            view.Tags.ShouldBe(["a", "b"]);
        }
    }

    [Fact]
    public async Task Submit_that_waits_answers_the_end_with_result_and_history()
    {
        var job = await RunAsync(Job("echo", new { hello = "mill" }));

        job.Status.ShouldBe(JobStatus.Succeeded);
        job.Result!.Value.To<Dictionary<string, string>>()!["hello"].ShouldBe("mill");
        job.FinishedAt.ShouldNotBeNull();
        job.Silo.ShouldNotBeNullOrEmpty();
        var again = await Transport.GetJobAsync(job.Id, TimeSpan.FromSeconds(30), Token);
        again.Status.ShouldBe(JobStatus.Succeeded);
        again.Args.ToString().ShouldBe(job.Args.ToString());
    }

    [Fact]
    public async Task Wait_that_is_shorter_than_the_job_answers_the_live_job()
    {
        var job = await SubmitAsync(Held());

        (await Transport.GetJobAsync(job.Id, TimeSpan.FromMilliseconds(300), Token)).Status.ShouldBe(JobStatus.Waiting);
        (await Transport.SubmitAsync(Held(), TimeSpan.FromMilliseconds(300), Token)).Job.WaitingFor.ShouldBe("hold");
    }

    [Fact]
    public async Task Wait_ends_with_the_job_or_with_its_token()
    {
        var job = await SubmitAsync(Held());
        using var stop = new CancellationTokenSource();
        var given = Transport.GetJobAsync(job.Id, TimeSpan.FromMinutes(30), stop.Token);
        var waiting = Transport.GetJobAsync(job.Id, TimeSpan.FromMinutes(30), Token);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given.WaitAsync(Patience));
        waiting.IsCompleted.ShouldBeFalse();
        await Transport.ReleaseAsync(job.Id, Token);
        (await waiting.WaitAsync(Patience, Token)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Many_waits_at_once_all_end_and_hold_nothing_else_up()
    {
        var job = await SubmitAsync(Held());
        var waiting = Enumerable.Range(0, 300).Select(_ => Transport.GetJobAsync(job.Id, Patience * 2, Token)).ToArray();

        (await RunAsync(Job("noop"))).Status.ShouldBe(JobStatus.Succeeded);
        await Transport.ReleaseAsync(job.Id, Token);

        foreach (var view in await Task.WhenAll(waiting).WaitAsync(Patience, Token)) view.Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Submit_with_a_known_key_answers_the_first_job()
    {
        var key = NewName("key");
        var first = await Transport.SubmitAsync(Job("echo", new { a = 1 }) with { IdempotencyKey = key }, TimeSpan.Zero, Token);
        var second = await Transport.SubmitAsync(Job("echo", new { a = 1 }) with { IdempotencyKey = key }, Patience, Token);

        first.Duplicate.ShouldBeFalse();
        second.Duplicate.ShouldBeTrue();
        second.Job.Id.ShouldBe(first.Job.Id);
        second.Job.Status.ShouldBe(JobStatus.Succeeded);
        await RefusedAsync(() => SubmitAsync(Job("echo", new { a = 2 }) with { IdempotencyKey = key }), "idempotency_conflict", 409);
    }

    [Fact]
    public async Task Failure_is_shown_with_its_error()
    {
        var job = await RunAsync(Job("fail", new { message = "no flour" }) with { MaxAttempts = 1 });

        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.Message.ShouldBe("no flour");
        job.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_release_update_and_retry_change_the_job()
    {
        var queue = NewName("moved");
        var held = await SubmitAsync(Held());
        (await Transport.UpdateAsync(held.Id, new JobUpdate { Priority = 9, Queue = queue }, Token)).ShouldSatisfyAllConditions(
            job => job.Priority.ShouldBe(9), job => job.Queue.ShouldBe(queue));
        var cancelled = await Transport.CancelAsync(held.Id, "not needed", Token);
        cancelled.Status.ShouldBe(JobStatus.Cancelled);
        cancelled.CancelReason.ShouldBe("not needed");
        await RefusedAsync(() => Transport.ReleaseAsync(held.Id, Token), "illegal_transition", 409);

        var failed = await RunAsync(Job("fail", new { message = "once" }) with { MaxAttempts = 1 });
        await Transport.RetryAsync(failed.Id, RawJson.From(new { message = "twice" }), Token);
        (await Transport.GetJobAsync(failed.Id, Patience, Token)).Error!.Message.ShouldBe("twice");
    }

    [Fact]
    public async Task Refusals_have_the_codes_of_the_contract()
    {
        JobId.TryParse("0000000000000000000000000a", out var made).ShouldBeFalse();
        await RefusedAsync(() => Transport.GetJobAsync(made, TimeSpan.Zero, Token), "not_found", 404);
        await RefusedAsync(() => Transport.GetJobAsync(JobId.Create(DateTimeOffset.UtcNow.AddHours(-1), 7), TimeSpan.Zero, Token), "gone", 410);
        await RefusedAsync(() => SubmitAsync(Job("no.such.type")), "unknown_type", 404);
        await RefusedAsync(() => Transport.QueueAsync(NewName("never"), Token), "unknown_queue", 404);
        await RefusedAsync(() => Transport.SetQueuePausedAsync("NOT A NAME", true, Token), "unknown_queue", 404);
        await RefusedAsync(() => Transport.OrderSiloAsync("nobody", SiloOrder.Resume, Token), "not_found", 404);
        await InvalidAsync(() => SubmitAsync(Job("noop") with { Priority = 11 }), "invalid_job", "priority");
        await InvalidAsync(() => SubmitAsync(Job("sleep", new { seconds = "long" })), "invalid_job", "args.seconds");
        await InvalidAsync(() => SubmitAsync(Job("noop") with { DependsOn = ["x"] }), "not_available", "dependsOn");
        await InvalidAsync(() => Transport.ReadEventsAsync("nonsense", 10, null, TimeSpan.Zero, Token), "invalid_request", "after");
        await InvalidAsync(() => Transport.ListJobsAsync(new JobFilter { Limit = 1001 }, Token), "invalid_request", "limit");
        await RefusedAsync(() => SubmitAsync(Job("echo", new string('x', 5 << 20))), "too_large", 413);
    }
}
