using System.Globalization;

namespace Molino.Chaos;

/// <summary>Clients that submit, cancel and read jobs at their own pace, whatever the silos do.</summary>
internal sealed class Load(JobClient client, int seed, CancellationToken stop)
{
    private const double JobsPerSecond = 25;
    private const int Burst = 20;
    private const int Readers = 2;
    private const int ReadMilliseconds = 100;
    private const int Recent = 200;

    /// <summary>Submits until told to stop, then waits until every submit is acknowledged.</summary>
    public async Task RunAsync()
    {
        var readers = Enumerable.Range(0, Readers).Select(reader => ReadAsync(new Random(seed + 100 + reader))).ToList();
        await Task.WhenAll(SubmitSteadilyAsync(new Random(seed + 1)), SubmitInBurstsAsync(new Random(seed + 2)));
        await Task.WhenAll(readers);
    }

    private async Task SubmitSteadilyAsync(Random random)
    {
        var submits = new List<Task>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            submits.Add(SubmitAsync(string.Create(CultureInfo.InvariantCulture, $"job-{i}"), JobPlan.Draw(random), new Random(random.Next())));
            await WaitAsync(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / JobsPerSecond));
        }

        await Task.WhenAll(submits);
    }

    private async Task SubmitInBurstsAsync(Random random)
    {
        var submits = new List<Task>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            for (var j = 0; j < Burst; j++)
                submits.Add(SubmitAsync(string.Create(CultureInfo.InvariantCulture, $"ordered-{i}-{j}"), JobPlan.DrawOrdered(random), new Random(random.Next())));
            await WaitAsync(TimeSpan.FromSeconds(1.5 + (random.NextDouble() * 2)));
        }

        await Task.WhenAll(submits);
    }

    private async Task SubmitAsync(string key, JobPlan plan, Random random)
    {
        await Task.Yield();
        var job = await client.SubmitAsync(key, plan, random);
        if (job is null || plan.CancelAfterMilliseconds is not { } after) return;
        await Task.Delay(after, CancellationToken.None);
        await client.CancelAsync(job, random.Next(FaultPlan.Silos));
    }

    private async Task ReadAsync(Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            var jobs = client.Jobs.ToArray();
            if (jobs.Length > 0)
            {
                var from = random.Next(2) == 0 ? 0 : Math.Max(0, jobs.Length - Recent);
                await client.ReadAsync(jobs[random.Next(from, jobs.Length)], random.Next(FaultPlan.Silos));
            }

            await WaitAsync(TimeSpan.FromMilliseconds(ReadMilliseconds));
        }
    }

    private async Task WaitAsync(TimeSpan time) => await Task.Delay(time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
