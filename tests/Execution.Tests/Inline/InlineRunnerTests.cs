using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Molino.Execution.Inline;
using Molino.Execution.Tests.Host;

namespace Molino.Execution.Tests.Inline;

public sealed class InlineRunnerTests
{
    private readonly RecordingLog _log = new();
    private int _scopes;

    [Fact]
    public async Task Handler_returns_result_is_its_json() => (await TestSilo.ResultAsync(Runner(), "echo", """{"a":1}""")).ShouldBe("""{"a":1}""");

    [Fact]
    public async Task Handler_asks_for_no_service_no_scope_is_made()
    {
        await TestSilo.ResultAsync(Runner(), "noop");
        _scopes.ShouldBe(0);
    }

    [Fact]
    public async Task Handler_asks_for_services_one_scope_is_made_and_disposed()
    {
        ScopedThing? thing = null;
        var type = JobType.Create<JsonElement, object?>("t.scope", new JobTypeOptions(), services =>
        {
            thing = services.GetRequiredService<ScopedThing>();
            services.GetRequiredService<ScopedThing>().ShouldBeSameAs(thing);
            return new HostHandler((_, _, _) => Task.FromResult<object?>(null));
        });
        (await RunAsync(type)).ShouldBeOfType<AttemptEnd.Returned>();
        _scopes.ShouldBe(1);
        thing!.Disposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Handler_snoozes_end_has_the_delay()
    {
        using var attempt = new HostAttempt("t.snooze");
        (await Runner().RunAsync(attempt, CancellationToken.None)).ShouldBe(new AttemptEnd.Snoozed(TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task Handler_throws_failure_has_type_message_and_stack()
    {
        var failed = await TestSilo.FailureAsync(Runner(), "fail", """{"message":"two\nlines"}""");
        failed.Error.Type.ShouldBe("InvalidOperationException");
        failed.Error.Message.ShouldBe("two lines");
        failed.Error.Detail.ShouldNotBeNull().ShouldContain("FailHandler");
        failed.Permanent.ShouldBeFalse();
    }

    [Fact]
    public async Task Handler_throws_permanent_failure_is_permanent_with_its_own_type()
    {
        var failed = await TestSilo.FailureAsync(Runner(), "t.permanent");
        failed.ShouldBe(new AttemptEnd.Failed(new Core.JobError("SqlError", "no such table", "line 3"), Permanent: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_throws_megabytes_failure_is_cut(bool ownDetail)
    {
        var text = new string('x', 5_000_000);
        var type = Make((_, _) => throw (ownDetail ? new AttemptFailedException(text, text, text) : new FormatException(text)));
        var error = (await RunAsync(type)).ShouldBeOfType<AttemptEnd.Failed>().Error;
        error.ShouldBe(error.Bounded());
        error.Message.ShouldStartWith("xxx");
        error.Detail.ShouldNotBeNull().ShouldContain("xxx");
    }

    [Theory]
    [InlineData("sleep", """{"seconds":"x"}""")]
    [InlineData("sleep", """{"seconds":-1}""")]
    [InlineData("fail", """{}""")]
    [InlineData("fail", "nonsense")]
    public async Task Arguments_do_not_fit_failure_is_permanent(string type, string args)
    {
        var failed = await TestSilo.FailureAsync(Runner(), type, args);
        failed.Error.Type.ShouldBe("InvalidArguments");
        failed.Permanent.ShouldBeTrue();
    }

    [Fact]
    public async Task Handler_throws_json_error_itself_it_is_no_argument_error()
    {
        var type = Make((_, _) => throw new JsonException("of a reply"));
        (await RunAsync(type)).ShouldBeOfType<AttemptEnd.Failed>().Error.Type.ShouldBe("JsonException");
    }

    [Fact]
    public async Task Handler_obeys_its_token_it_is_stopped()
    {
        using var attempt = new HostAttempt("t.wait");
        var run = Runner().RunAsync(attempt, CancellationToken.None);
        await attempt.Recorded.LineAsync("pid");
        attempt.Stop(StopReason.SoftTimeLimit);
        (await run).ShouldBeOfType<AttemptEnd.Stopped>();
        attempt.Recorded.Lines.ShouldContain("stopped by SoftTimeLimit");
    }

    [Fact]
    public async Task Handler_cancels_itself_unasked_attempt_fails()
    {
        var type = Make((_, _) => throw new OperationCanceledException());
        (await RunAsync(type)).ShouldBeOfType<AttemptEnd.Failed>().Error.Type.ShouldBe("OperationCanceledException");
    }

    [Fact]
    public async Task Handler_returns_after_it_was_asked_to_stop_result_counts()
    {
        var type = Make(async (_, stopping) =>
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stopping.Register(stopped.SetResult);
            await stopped.Task;
            return "done";
        });
        using var attempt = new HostAttempt("t.any", jobType: type);
        attempt.Stop(StopReason.CancelRequested);
        var end = await Runner().RunAsync(attempt, CancellationToken.None);
        Encoding.UTF8.GetString(end.ShouldBeOfType<AttemptEnd.Returned>().Json.Span).ShouldBe("\"done\"");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_ignores_kill_it_is_abandoned_and_its_late_error_is_logged(bool blocks)
    {
        using var release = new ManualResetEventSlim();
        var released = new TaskCompletionSource();
        var type = Make(async (context, _) =>
        {
            context.Log("running");
            if (blocks) release.Wait(CancellationToken.None);
            else await released.Task;
            throw new FormatException("too late");
        });
        using var attempt = new HostAttempt("t.any", jobType: type);
        using var kill = new CancellationTokenSource();
        var run = Runner().RunAsync(attempt, kill.Token);
        await attempt.Recorded.LineAsync("running");
        await kill.CancelAsync();
        var abandoned = (await run).ShouldBeOfType<AttemptEnd.Abandoned>();
        abandoned.Handler.IsCompleted.ShouldBeFalse();
        release.Set();
        released.SetResult();
        await abandoned.Handler;
        _log.Lines.ShouldContain(line => line.StartsWith("Error") && line.Contains("abandoned"));
        _log.Lines.ShouldContain(line => line.Contains("FormatException: too late"));
    }

    [Fact]
    public async Task Many_handlers_wait_at_once_none_waits_for_another()
    {
        var all = new TaskCompletionSource();
        var count = 0;
        var type = Make(async (_, _) =>
        {
            if (Interlocked.Increment(ref count) == 500) all.SetResult();
            await all.Task;
            return null;
        });
        var runner = Runner();
        var ends = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => runner.RunAsync(new HostAttempt("t.any", jobType: type), CancellationToken.None)));
        ends.ShouldAllBe(end => end is AttemptEnd.Returned);
    }

    private static JobType Make(Func<IJobContext, CancellationToken, Task<object?>> run) =>
        JobType.Create<JsonElement, object?>("t.any", new JobTypeOptions(), _ => new HostHandler((_, context, token) => run(context, token)));

    private Task<AttemptEnd> RunAsync(JobType type) => Runner().RunAsync(new HostAttempt(type.Name, jobType: type), CancellationToken.None);

    private InlineRunner Runner()
    {
        var services = new ServiceCollection().AddScoped(_ =>
        {
            Interlocked.Increment(ref _scopes);
            return new ScopedThing();
        }).BuildServiceProvider();
        return new InlineRunner(services, TimeProvider.System, new Logger<InlineRunner>(_log), TimeSpan.FromMilliseconds(20));
    }

    private sealed class ScopedThing : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
