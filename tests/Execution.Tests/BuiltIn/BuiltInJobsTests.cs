using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Execution.Inline;
using Molino.Execution.Tests.Host;
using Molino.Jobs.BuiltIn;

namespace Molino.Execution.Tests.BuiltIn;

public sealed class BuiltInJobsTests
{
    private static readonly InlineRunner Runner = new(new ServiceCollection().BuildServiceProvider(), TimeProvider.System, NullLogger<InlineRunner>.Instance);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "a" : [1.0, 1e3, "\u00e9\/<>&"], "b":null }""")]
    [InlineData("\"text\"")]
    public async Task Echo_returns_its_arguments_byte_for_byte(string args) => (await TestSilo.ResultAsync(Runner, "echo", args)).ShouldBe(args);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"any":["thing"]}""")]
    public async Task Noop_takes_any_arguments_and_returns_null(string args) => (await TestSilo.ResultAsync(Runner, "noop", args)).ShouldBe("null");

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Fail_with_times_fails_only_the_first_attempts(int number, bool fails)
    {
        using var attempt = new HostAttempt("fail", """{"message":"no","times":2}""", attempt: number);
        (await Runner.RunAsync(attempt, CancellationToken.None) is AttemptEnd.Failed).ShouldBe(fails);
    }

    [Fact]
    public async Task Sleep_is_asked_to_stop_it_stops()
    {
        using var attempt = new HostAttempt("sleep", """{"seconds":3600}""");
        var run = Runner.RunAsync(attempt, CancellationToken.None);
        attempt.Stop(StopReason.SoftTimeLimit);
        (await run).ShouldBeOfType<AttemptEnd.Stopped>();
    }

    [Fact]
    public async Task Sleep_returns_what_it_slept() => (await TestSilo.ResultAsync(Runner, "sleep", """{"seconds":0.01}""")).ShouldBe("""{"seconds":0.01}""");

    [Fact]
    public void Types_all_have_a_description_and_a_schema()
    {
        BuiltInJobs.Types.Select(type => type.Name).ShouldBe(["noop", "echo", "sleep", "fail", "process.run"]);
        BuiltInJobs.Types.ShouldAllBe(type => type.Options.Description != null && type.ArgsSchema != null);
    }

    [Theory]
    [InlineData("sleep", """{"seconds":-1}""", "args.seconds")]
    [InlineData("process.run", """{"command":[]}""", "args.command")]
    [InlineData("fail", """{"message":"x","other":1}""", "args.other")]
    public void Arguments_do_not_fit_problem_names_the_place(string type, string args, string path)
    {
        var known = BuiltInJobs.Types.Single(candidate => candidate.Name == type);
        known.Validate(System.Text.Encoding.UTF8.GetBytes(args)).ShouldNotBeNull().Path.ShouldBe(path);
    }
}
