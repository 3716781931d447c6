using System.Globalization;

namespace Molino.Conformance.Stores;

/// <summary>
/// What the child process of <see cref="CrashConformance"/> does until it is killed: several tasks submit batches, lease and complete,
/// and say on a text stream what was answered.
/// </summary>
public static class CrashWriter
{
    /// <summary>Creation time of all its jobs.</summary>
    public static readonly DateTimeOffset Created = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The jobs of a batch.</summary>
    public static IEnumerable<JobId> Batch(int seed, int task, int number)
    {
        var random = new Random(HashCode(seed, task, number));
        var count = 1 + random.Next(40);
        for (var i = 0; i < count; i++) yield return JobId.Create(Created, (ulong)random.NextInt64(long.MinValue, long.MaxValue));
    }

    /// <summary>Runs until the process ends.</summary>
    public static async Task RunAsync(StoreFaces store, int seed, TextWriter output)
    {
        var writer = TextWriter.Synchronized(output);
        await Task.WhenAll(
            SubmitAsync(store.Jobs, seed, 0, writer),
            SubmitAsync(store.Jobs, seed, 1, writer),
            WorkAsync(store.Jobs, seed, 2, writer),
            WorkAsync(store.Jobs, seed, 3, writer));
    }

    private static async Task SubmitAsync(IJobStore store, int seed, int task, TextWriter output)
    {
        for (var number = 0; ; number++)
        {
            var changes = Batch(seed, task, number).Select(id => JobChange.Submit(
                new JobSpec { Id = id, Type = "noop", Args = "{}"u8.ToArray(), Queue = "default", CreatedAt = Created })).ToArray();
            await store.ApplyAsync(changes, allOrNothing: true, CancellationToken.None);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"batch {task} {number}"));
        }
    }

    private static async Task WorkAsync(IJobStore store, int seed, int task, TextWriter output)
    {
        var silo = string.Create(CultureInfo.InvariantCulture, $"silo-{task}/{seed}");
        IReadOnlyList<JobChange> done = [];
        while (true)
        {
            var lease = await store.LeaseAsync(new LeaseRequest("default", 20, silo, "default", done), CancellationToken.None);
            foreach (var change in done) await output.WriteLineAsync($"done {change.Job}");
            foreach (var job in lease.Jobs) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"lease {job.Id} {job.Token.Epoch}"));
            done = [.. lease.Jobs.Select(job => new JobChange(
                job.Id, new JobEvent.Succeeded(Created.AddHours(1), job.Token, new JobResult(JobResult.Json, "null"u8.ToArray(), 4))))];
        }
    }

    private static int HashCode(int seed, int task, int number) => unchecked((((seed * 31) + task) * 1_000_003) + number);
}
