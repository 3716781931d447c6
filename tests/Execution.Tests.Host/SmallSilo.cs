using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Execution.Inline;
using Molino.Execution.Processes;

namespace Molino.Execution.Tests.Host;

/// <summary>A silo reduced to one pool that runs one job, as a process that tests can kill: <c>process|inline DATA TYPE ARGS</c>.</summary>
internal static class SmallSilo
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var silo = new SiloProcesses(args[1], args[1], TimeProvider.System, NullLogger<SiloProcesses>.Instance);
        await silo.EndLeftoversAsync(CancellationToken.None);
        var services = new ServiceCollection()
            .AddSingleton<IProcessSupervisor>(new ProcessSupervisor(silo, TimeProvider.System))
            .BuildServiceProvider();
        await using IAttemptRunner runner = args[0] == "process"
            ? new ProcessRunner(new ProcessRunnerOptions { Pool = "test" }, silo, TimeProvider.System, NullLogger<ProcessRunner>.Instance)
            : new InlineRunner(services, TimeProvider.System, NullLogger<InlineRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        var end = await runner.RunAsync(new HostAttempt(args[2], args[3]), CancellationToken.None);
        Console.WriteLine(end);
        return end is AttemptEnd.Returned ? 0 : 1;
    }
}
