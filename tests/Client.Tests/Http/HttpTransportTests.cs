using Microsoft.AspNetCore.Http;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client.Tests;

public sealed class HttpTransportTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private ContractServer _server = null!;
    private HttpTransport _transport = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ContractServer.StartAsync();
        _transport = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Submit_new_and_known_key_tells_them_apart()
    {
        var job = new JobSubmission { Type = "echo", Args = RawJson.Parse("""{"a":1}"""), IdempotencyKey = "k" };
        var first = await _transport.SubmitAsync(job, TimeSpan.Zero, None);
        var second = await _transport.SubmitAsync(job, TimeSpan.Zero, None);
        first.Duplicate.ShouldBeFalse();
        second.Duplicate.ShouldBeTrue();
        second.Job.Id.ShouldBe(first.Job.Id);
    }

    [Fact]
    public async Task Submit_invalid_throws_with_fields()
    {
        var error = await Should.ThrowAsync<JobValidationException>(() => _transport.SubmitAsync(new JobSubmission { Type = "echo", Priority = 11 }, TimeSpan.Zero, None));
        error.Code.ShouldBe(ErrorCodes.InvalidJob);
        error.Errors["priority"].ShouldBe(["Must be 0 to 10."]);
    }

    [Fact]
    public async Task Submit_unknown_type_throws_the_servers_code()
    {
        var error = await Should.ThrowAsync<RefusedException>(() => _transport.SubmitAsync(new JobSubmission { Type = "nope" }, TimeSpan.Zero, None));
        error.Code.ShouldBe(ErrorCodes.UnknownType);
        error.StatusCode.ShouldBe(404);
    }

    [Fact]
    public async Task Call_nobody_there_throws_not_reachable()
    {
        await _server.DisposeAsync();
        using var transport = Connect(options => options.RetryFor = TimeSpan.Zero);
        var error = await Should.ThrowAsync<JobSystemException>(() => transport.QueuesAsync(None));
        error.Code.ShouldBe(ClientErrorCodes.NotReachable);
    }

    [Fact]
    public async Task Call_page_of_another_server_throws_unexpected_answer()
    {
        _server.Intercept = async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>");
            return true;
        };
        (await Should.ThrowAsync<JobSystemException>(() => _transport.QueuesAsync(None))).Code.ShouldBe(ClientErrorCodes.UnexpectedAnswer);
    }

    [Fact]
    public async Task Call_too_slow_throws_not_reachable()
    {
        _server.Intercept = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        using var transport = Connect(options => (options.AnswerTimeout, options.RetryFor) = (TimeSpan.FromMilliseconds(100), TimeSpan.Zero));
        (await Should.ThrowAsync<JobSystemException>(() => transport.QueuesAsync(None))).Message.ShouldContain("did not answer in time");
    }

    [Fact]
    public async Task Read_connection_dropped_in_the_answer_is_repeated()
    {
        Fail(times: 2, DropInTheMiddleAsync);
        (await _transport.QueuesAsync(None)).ShouldHaveSingleItem();
        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Submit_without_key_and_answer_lost_is_not_repeated()
    {
        Fail(times: 1, DropAsync);
        var error = await Should.ThrowAsync<JobSystemException>(() => _transport.SubmitAsync(new JobSubmission { Type = "noop" }, TimeSpan.Zero, None));
        error.Code.ShouldBe(ErrorCodes.OutcomeUnknown);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_with_key_and_answer_lost_is_repeated()
    {
        Fail(times: 1, DropAsync);
        (await _transport.SubmitAsync(new JobSubmission { Type = "noop", IdempotencyKey = "k" }, TimeSpan.Zero, None)).Job.Type.ShouldBe("noop");
        _server.Requests.Count.ShouldBe(2);
        _server.Requests[0].Body.ShouldBe(_server.Requests[1].Body);
    }

    [Fact]
    public async Task Batch_is_repeated_only_when_every_job_has_a_key()
    {
        JobSubmission keyed = new() { Type = "noop", IdempotencyKey = "k" };
        Fail(times: 1, DropAsync);
        (await _transport.SubmitBatchAsync([keyed], None)).Count.ShouldBe(1);
        Fail(times: 1, DropAsync);
        (await Should.ThrowAsync<JobSystemException>(() => _transport.SubmitBatchAsync([keyed, new JobSubmission { Type = "noop" }], None)))
            .Code.ShouldBe(ErrorCodes.OutcomeUnknown);
    }

    [Fact]
    public async Task Each_answers_item_by_item()
    {
        var answers = await _transport.SubmitEachAsync([new JobSubmission { Type = "noop" }, new JobSubmission { Type = "nope" }], None);
        answers[0].Id.ShouldNotBeNull();
        answers[1].Error!.Code.ShouldBe(ErrorCodes.UnknownType);
    }

    [Fact]
    public async Task Submit_turned_away_for_now_is_repeated_after_the_time_that_the_server_names()
    {
        Fail(times: 2, context =>
        {
            context.Response.Headers.RetryAfter = "0";
            return ContractServer.ProblemAsync(context, 503, ErrorCodes.StoreUnavailable, "Later.");
        });
        await _transport.SubmitAsync(new JobSubmission { Type = "noop" }, TimeSpan.Zero, None);
        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Submit_in_maintenance_throws_with_the_time()
    {
        Fail(times: 1, context =>
        {
            context.Response.Headers.RetryAfter = "30";
            return ContractServer.ProblemAsync(context, 503, "maintenance", "Back soon.");
        });
        var error = await Should.ThrowAsync<RefusedException>(() => _transport.SubmitAsync(new JobSubmission { Type = "noop" }, TimeSpan.Zero, None));
        error.Code.ShouldBe("maintenance");
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Wait_longer_than_a_hold_is_repeated_until_the_end()
    {
        var job = _server.Add("sleep");
        using var transport = Connect(options => options.MaxHold = TimeSpan.FromMilliseconds(100));
        var wait = transport.GetJobAsync(job.View.Id, TimeSpan.FromMinutes(1), None);
        await UntilAsync(() => _server.Requests.Count >= 3);
        ContractServer.Finish(job, JobStatus.Succeeded);
        (await wait).Status.ShouldBe(JobStatus.Succeeded);
        _server.Requests.ShouldAllBe(request => request.Target.Contains("wait=0.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wait_over_before_the_job_answers_it_as_it_is() =>
        (await _transport.GetJobAsync(_server.Add("sleep").View.Id, TimeSpan.FromMilliseconds(50), None)).Status.ShouldBe(JobStatus.Running);

    [Fact]
    public async Task Wait_server_that_does_not_hold_is_not_asked_all_the_time()
    {
        var job = _server.Add("sleep");
        _server.Intercept = async context =>
        {
            await ContractServer.WriteAsync(context, 200, job.View);
            return true;
        };
        await _transport.GetJobAsync(job.View.Id, TimeSpan.FromMilliseconds(500), None);
        _server.Requests.Count.ShouldBeLessThan(15);
    }

    [Fact]
    public async Task Cancel_done_but_answer_lost_is_done()
    {
        var job = _server.Add("sleep");
        var lost = false;
        _server.Intercept = context =>
        {
            if (lost || context.Request.Method != "POST") return Task.FromResult(false);
            lost = true;
            job.View = job.View with { CancelRequestedAt = job.View.CreatedAt };
            ContractServer.Finish(job, JobStatus.Cancelled);
            context.Abort();
            return Task.FromResult(true);
        };
        (await _transport.CancelAsync(job.View.Id, "enough", None)).Status.ShouldBe(JobStatus.Cancelled);
        _server.Requests[0].Body.ShouldBe("""{"reason":"enough"}""");
    }

    [Fact]
    public async Task Cancel_ended_job_throws_illegal_transition()
    {
        var job = _server.Add("sleep", status: JobStatus.Succeeded);
        (await Should.ThrowAsync<RefusedException>(() => _transport.CancelAsync(job.View.Id, null, None))).Code.ShouldBe(ErrorCodes.IllegalTransition);
    }

    [Fact]
    public async Task Call_with_login_sends_it()
    {
        using var key = Connect(options => options.ApiKey = "secret");
        await key.QueuesAsync(None);
        using var user = Connect(options => options.Url = _server.Url.Replace("http://", "http://ana:p%40ss@", StringComparison.Ordinal));
        await user.QueuesAsync(None);
        _server.Requests[0].Headers["X-Api-Key"].ShouldBe("secret");
        _server.Requests[1].Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("ana:p@ss"u8));
    }

    [Fact]
    public async Task Call_over_unix_socket_works()
    {
        var path = Path.Combine(Path.GetTempPath(), $"molino-{Guid.NewGuid():N}.sock");
        await using var server = await ContractServer.StartAsync(path);
        using var transport = new HttpTransport(new MolinoClientOptions { Url = server.Url });
        (await transport.QueuesAsync(None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task List_sends_every_filter()
    {
        var filter = new JobFilter
        {
            Status = JobStatus.Failed,
            Queue = "q",
            Type = "t",
            Tag = "a b",
            Prefix = "x&y",
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch.AddDays(1),
            Limit = 7,
            Cursor = "c+1",
        };
        await _transport.ListJobsAsync(filter, None);
        _server.Requests[0].Target.ShouldBe(
            "/api/jobs?status=failed&queue=q&type=t&tag=a%20b&q=x%26y&from=1970-01-01T00:00:00Z&to=1970-01-02T00:00:00Z&limit=7&cursor=c%2B1".Replace(":", "%3A", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Result_small_comes_with_the_job_in_one_call()
    {
        var job = _server.Add("echo");
        ContractServer.Finish(job, JobStatus.Succeeded, RawJson.Parse("""{"a":1}"""));
        await using var result = await _transport.OpenResultAsync(job.View.Id, TimeSpan.FromSeconds(5), None);
        (await ReadAsync(result.Content!)).ShouldBe("""{"a":1}""");
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Result_large_is_streamed_and_a_break_is_named()
    {
        var job = _server.Add("echo");
        ContractServer.Finish(job, JobStatus.Succeeded);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/result", StringComparison.Ordinal)) return false;
            context.Response.ContentType = "text/csv";
            await context.Response.WriteAsync("a,b\n");
            await context.Response.Body.FlushAsync();
            await opened.Task;
            context.Abort();
            return true;
        };
        await using var result = await _transport.OpenResultAsync(job.View.Id, TimeSpan.Zero, None);
        opened.SetResult();
        result.MediaType.ShouldBe("text/csv");
        (await Should.ThrowAsync<JobSystemException>(() => ReadAsync(result.Content!))).Code.ShouldBe(ClientErrorCodes.NotReachable);
    }

    [Fact]
    public async Task Items_connection_broken_go_on_with_the_next_line()
    {
        var job = _server.Add("echo");
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Intercept = async context =>
        {
            var from = int.Parse(context.Request.Query["from"]!, System.Globalization.CultureInfo.InvariantCulture);
            await context.Response.WriteAsync(from == 0 ? "[0]\n[1]\n[2" : "[2]\n[3]\n");
            await context.Response.Body.FlushAsync();
            if (from > 0) return true;
            await taken.Task;
            context.Abort();
            return true;
        };
        var text = string.Empty;
        await foreach (var chunk in _transport.ReadResultItemsAsync(job.View.Id, 0, None))
        {
            text += System.Text.Encoding.UTF8.GetString(chunk.Data.Span);
            taken.TrySetResult();
        }

        text.ShouldBe("[0]\n[1]\n[2]\n[3]\n");
        _server.Requests[^1].Target.ShouldEndWith("from=2");
    }

    [Fact]
    public async Task Cancelled_token_stops_a_wait()
    {
        using var stop = new CancellationTokenSource();
        var wait = _transport.GetJobAsync(_server.Add("sleep").View.Id, TimeSpan.FromMinutes(5), stop.Token);
        await UntilAsync(() => _server.Requests.Count == 1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(wait);
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://x")]
    [InlineData("http://x/?q")]
    [InlineData("unix:")]
    public void Address_malformed_throws(string url) => Should.Throw<JobValidationException>(() => new HttpTransport(new MolinoClientOptions { Url = url }));

    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 2000 && !condition(); i++) await Task.Delay(5);
        condition().ShouldBeTrue();
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task DropInTheMiddleAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("[{");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private void Fail(int times, Func<HttpContext, Task> how) => _server.Intercept = async context =>
    {
        if (times-- <= 0) return false;
        await how(context);
        return true;
    };

    private HttpTransport Connect(Action<MolinoClientOptions>? configure = null)
    {
        var options = new MolinoClientOptions { Url = _server.Url };
        configure?.Invoke(options);
        return new HttpTransport(options);
    }
}
