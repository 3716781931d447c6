namespace Molino.Storage.Sqlite.Tests;

/// <summary>Submits no-op jobs.</summary>
internal static class TestJobs
{
    private static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static long _last;

    public static JobSpec Spec(int argsLength = 2) => new()
    {
        Id = JobId.Create(Created, (ulong)Interlocked.Increment(ref _last) * 0x9E3779B97F4A7C15),
        Type = "noop",
        Args = new byte[argsLength],
        Queue = "default",
        CreatedAt = Created,
    };

    /// <summary>Submits a batch.</summary>
    /// <returns>The ids that were answered.</returns>
    public static async Task<List<JobId>> SubmitAsync(IJobStore store, int count, int argsLength = 2)
    {
        var results = await store.ApplyAsync(
            [.. Enumerable.Range(0, count).Select(_ => JobChange.Submit(Spec(argsLength)))], allOrNothing: true, CancellationToken.None);
        results.ShouldAllBe(result => result.Outcome == ChangeOutcome.Applied);
        return [.. results.Select(result => result.Job.ShouldNotBeNull().Id)];
    }

    /// <summary>Waits until the store takes writes.</summary>
    public static async Task UntilReadyAsync(IJobStore store)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!store.Condition.Ready) await timer.WaitForNextTickAsync(limit.Token);
    }
}
