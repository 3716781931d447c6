using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Execution.Inline;
using Molino.Execution.Processes;

namespace Molino.Execution.Tests.Host;

/// <summary>Prints what an attempt costs here: <c>measure DATA</c>. For people; nothing is asserted.</summary>
internal static class Measurement
{
    private const int InlineJobs = 300_000;
    private const int ChildJobs = 2_000;
    private const int Starts = 10;

    internal static async Task<int> RunAsync(string folder)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        await using var inline = new InlineRunner(services, TimeProvider.System, NullLogger<InlineRunner>.Instance);
        using var attempt = new HostAttempt("noop");
        using var kill = new CancellationTokenSource();
        for (var round = 0; round < 3; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var before = GC.GetTotalAllocatedBytes();
            for (var i = 0; i < InlineJobs; i++) await inline.RunAsync(attempt, kill.Token);
            var each = TimeProvider.System.GetElapsedTime(began) / InlineJobs;
            Console.WriteLine($"inline no-op: {each.TotalMicroseconds:F2} us, {(GC.GetTotalAllocatedBytes() - before) / InlineJobs} bytes");
        }

        var silo = new SiloProcesses(folder, folder, TimeProvider.System, NullLogger<SiloProcesses>.Instance);
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var cold = new ProcessRunner(new ProcessRunnerOptions { Pool = "measure" }, silo, TimeProvider.System, NullLogger<ProcessRunner>.Instance);
            var began = TimeProvider.System.GetTimestamp();
            await cold.RunAsync(attempt, kill.Token);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"child start to first job's end: best {times[0]:F0} ms, median {times[Starts / 2]:F0} ms");
        await using var warm = new ProcessRunner(new ProcessRunnerOptions { Pool = "measure" }, silo, TimeProvider.System, NullLogger<ProcessRunner>.Instance);
        await warm.RunAsync(attempt, kill.Token);
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < ChildJobs; i++) await warm.RunAsync(attempt, kill.Token);
        Console.WriteLine($"warm child no-op: {TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / ChildJobs:F0} us");
        return 0;
    }
}
