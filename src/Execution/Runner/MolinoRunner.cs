using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Molino.Execution.Processes;

namespace Molino.Execution.Runner;

/// <summary>Lets a program serve as its own child runner for pools of kind <c>process</c>.</summary>
public static class MolinoRunner
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    /// <summary>Whether this process was started by a silo to run jobs for it. After <see cref="TryRunAsync"/> has begun it is false.</summary>
    public static bool IsChild => RunnerProcess.RequestedProtocol is not null;

    /// <summary>
    /// Runs jobs until the silo has no more, if this process is a child runner; otherwise does nothing. Call it before anything else:
    /// <c>if (await MolinoRunner.TryRunAsync(services => ...)) return;</c>
    /// </summary>
    /// <param name="configure">Registers what handlers need, and the <see cref="IJobTypeRegistry"/>. Called in a child only. Logging (to the silo's log),
    /// <see cref="TimeProvider"/> and <see cref="IProcessSupervisor"/> are there already.</param>
    /// <returns>True when this was a child runner and its work is over: the program should return.</returns>
    public static async Task<bool> TryRunAsync(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (!IsChild) return false;
        var (fromSilo, toSilo) = RunnerProcess.TakeOver();
        var channel = new RunnerChannel(fromSilo, toSilo);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new RunnerLoggerProvider(channel)));
        services.AddSingleton(TimeProvider.System);
        services.TryAddSingleton<IProcessSupervisor>(provider => new ProcessSupervisor(null, provider.GetRequiredService<TimeProvider>()));
        configure(services);
        var provider = services.BuildServiceProvider();
        var host = new RunnerHost(channel, provider.GetRequiredService<IJobTypeRegistry>(), provider);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reader = new Thread(() => Serve(host, done)) { IsBackground = true, Name = "Molino runner" };
        reader.Start();
        await done.Task.ConfigureAwait(false);
        await provider.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private static void Serve(RunnerHost host, TaskCompletionSource done)
    {
        try
        {
            host.Run();
            done.SetResult();

            // A service that cannot be disposed of, or a thread that a handler left, must not keep the process: this thread does not either.
            using var never = new ManualResetEventSlim();
            never.Wait(EndPatience, CancellationToken.None);
            RunnerProcess.EndWithTree();
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
}
