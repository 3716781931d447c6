using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Client.Tests;

public sealed class MolinoClientTests : IAsyncLifetime
{
    private ContractServer _server = null!;
    private MolinoClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ContractServer.StartAsync();
        _client = new MolinoClient(_server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Quick_start_of_the_docs_works()
    {
        using var client = new MolinoClient(_server.Url);
        var job = await client.SubmitAsync(new EchoArgs("2026-01"), new SubmitOptions { Priority = 8 });
        var report = await job.ResultAsync<EchoArgs>(TimeSpan.FromMinutes(1));
        report.ShouldBe(new EchoArgs("2026-01"));
        _server.Requests[0].Body.ShouldBe("""{"type":"echo","args":{"text":"2026-01","number":0},"priority":8}""");
    }

    [Fact]
    public async Task Run_quick_job_takes_one_round_trip()
    {
        (await _client.RunAsync<EchoArgs, EchoArgs>(new EchoArgs("x", 7), TimeSpan.FromSeconds(30))).ShouldBe(new EchoArgs("x", 7));
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_by_name_takes_arguments_and_none()
    {
        await _client.SubmitAsync("echo", new { a = 1 });
        await _client.SubmitAsync("noop");
        await _client.SubmitAsync("noop", new SubmitOptions { Queue = "q" });
        _server.Requests.Select(request => request.Body).ShouldBe(["""{"type":"echo","args":{"a":1}}""", """{"type":"noop"}""", """{"type":"noop","queue":"q"}"""]);
    }

    [Fact]
    public async Task Submit_arguments_without_a_type_name_says_so() =>
        (await Should.ThrowAsync<JobValidationException>(() => _client.SubmitAsync(new List<int>()))).Errors.Keys.ShouldBe(["type"]);

    [Fact]
    public async Task Submit_many_goes_in_batches_of_a_thousand_in_order()
    {
        var jobs = await _client.SubmitManyAsync(Enumerable.Range(0, 2500).Select(i => new EchoArgs("x", i)));
        _server.Requests.Count.ShouldBe(3);
        (await jobs[1700].ResultAsync<EchoArgs>())!.Number.ShouldBe(1700);
    }

    [Fact]
    public async Task Submit_many_broken_off_tells_what_was_accepted()
    {
        var batches = 0;
        _server.Intercept = async context =>
        {
            if (++batches < 2) return false;
            await ContractServer.ProblemAsync(context, 503, ErrorCodes.StoreFull, "Full.");
            return true;
        };
        var error = await Should.ThrowAsync<PartialSubmitException>(() => _client.SubmitManyAsync(Enumerable.Range(0, 1001).Select(i => new EchoArgs("x", i))));
        error.Accepted.Count.ShouldBe(1000);
        error.Code.ShouldBe(ErrorCodes.StoreFull);
    }

    [Fact]
    public async Task Result_of_a_job_that_did_not_succeed_throws_by_name()
    {
        var failed = await Should.ThrowAsync<JobFailedException>((await _client.SubmitAsync("fail")).ResultAsync<int>());
        (failed.ErrorType, failed.Message, failed.Detail).ShouldBe(("Boom", "Boom: It broke.", "at the mill"));

        var cancelled = _server.Add("sleep", status: JobStatus.Cancelled);
        await Should.ThrowAsync<JobCancelledException>(_client.Job(cancelled.View.Id).ResultAsync<int>());
        var expired = _server.Add("sleep", status: JobStatus.Expired);
        await Should.ThrowAsync<JobExpiredException>(_client.Job(expired.View.Id).ResultAsync<int>());
        var running = _server.Add("sleep");
        var late = await Should.ThrowAsync<JobTimeoutException>(_client.Job(running.View.Id).ResultAsync<int>(TimeSpan.FromMilliseconds(50)));
        late.Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public async Task Handle_answers_like_an_async_result()
    {
        var job = await _client.SubmitAsync("sleep");
        (await job.ReadyAsync()).ShouldBeFalse();
        (await job.CancelAsync("enough")).Status.ShouldBe(JobStatus.Cancelled);
        (await job.ReadyAsync()).ShouldBeTrue();
        (await job.IsSuccessfulAsync()).ShouldBeFalse();
        (await job.IsFailedAsync()).ShouldBeFalse();
        var failed = await _client.SubmitAsync("fail");
        (await failed.IsFailedAsync()).ShouldBeTrue();
        (await failed.ErrorAsync())!.Detail.ShouldBe("at the mill");
        (await failed.WaitAsync()).Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public async Task Log_followed_goes_on_to_the_end()
    {
        var job = _server.Add("sleep");
        job.Log.Add("one");
        var lines = new List<string>();
        await foreach (var line in _client.Job(job.View.Id).LogAsync(follow: true))
        {
            lines.Add(line.Text);
            if (lines.Count == 1) job.Log.Add("two");
            else ContractServer.Finish(job, JobStatus.Succeeded);
        }

        lines.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Services_give_one_client_for_the_host()
    {
        var services = new ServiceCollection().AddMolinoClient(options => options.Url = _server.Url);
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<MolinoClient>().ShouldBeSameAs(provider.GetRequiredService<MolinoClient>());
        (await provider.GetRequiredService<MolinoClient>().TypesAsync()).ShouldHaveSingleItem().Name.ShouldBe("echo");
    }

    [Fact]
    public void Services_with_a_wrong_address_say_so()
    {
        using var provider = new ServiceCollection().AddMolinoClient(options => options.Url = "nowhere").BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<MolinoClient>());
    }
}
