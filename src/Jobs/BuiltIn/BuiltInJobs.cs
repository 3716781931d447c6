using Microsoft.Extensions.DependencyInjection;

namespace Molino.Jobs.BuiltIn;

/// <summary>The job types that come with Molino, for trying out and for tests (contract).</summary>
public static class BuiltInJobs
{
    /// <summary>Name of the type that runs external commands: hosts leave it out where strangers may submit.</summary>
    public const string ProcessRunName = "process.run";

    /// <summary>All of them: <c>noop</c>, <c>echo</c>, <c>sleep</c>, <c>fail</c>, <c>process.run</c>. The last needs an <see cref="IProcessSupervisor"/>.</summary>
    public static IReadOnlyList<JobType> Types { get; } =
    [
        JobType.Create<NoopArgs, NoopResult?>(
            "noop", new JobTypeOptions { Description = "Does nothing and succeeds; any arguments." }, static _ => NoopHandler.Instance),
        JobType.Create<EchoValue, EchoValue>(
            "echo", new JobTypeOptions { Description = "Returns its arguments as they are." }, static _ => EchoHandler.Instance),
        JobType.Create<SleepArgs, SleepResult>(
            "sleep",
            new JobTypeOptions { Description = "Waits for {seconds}; stops when asked." },
            static services => new SleepHandler(services.GetService<TimeProvider>() ?? TimeProvider.System)),
        JobType.Create<FailArgs, FailResult>(
            "fail", new JobTypeOptions { Description = "Fails with {message}: the first {times} attempts, or always." }, static _ => FailHandler.Instance),
        JobType.Create<ProcessRunArgs, ProcessRunResult>(
            ProcessRunName,
            new JobTypeOptions { Description = "Runs an external command; its output is the job's log, a non-zero exit code a failed attempt." },
            static services => new ProcessRunHandler(services.GetRequiredService<IProcessSupervisor>())),
    ];
}
