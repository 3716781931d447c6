using System.Diagnostics;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Watches the default queue by its counts: one cheap call, however many jobs there are.</summary>
internal sealed class QueueMeter(MolinoClient client)
{
    private const string Queue = "default";
    private const int FewJobs = 2000;

    /// <summary>Makes the queue known, so that it can be paused.</summary>
    public async Task WarmUpAsync(int jobs)
    {
        await NoopJobs.SubmitBatchesAsync(client, jobs);
        await UntilDoneAsync();
    }

    /// <summary>Stops the queue's dispatch.</summary>
    public Task PauseAsync() => client.Transport.SetQueuePausedAsync(Queue, paused: true, CancellationToken.None);

    /// <summary>Lets the queue dispatch again.</summary>
    public Task ResumeAsync() => client.Transport.SetQueuePausedAsync(Queue, paused: false, CancellationToken.None);

    /// <summary>Jobs that have not ended.</summary>
    public async Task<long> UnfinishedAsync()
    {
        var queue = await client.Transport.QueueAsync(Queue, CancellationToken.None);
        return queue.Queued + queue.Scheduled + queue.Waiting + queue.Running;
    }

    /// <summary>Jobs that run.</summary>
    public async Task<long> RunningAsync() => (await client.Transport.QueueAsync(Queue, CancellationToken.None)).Running;

    /// <summary>Waits until no job is left.</summary>
    public async Task UntilDoneAsync()
    {
        while (await UnfinishedAsync() > 0) await Task.Delay(5);
    }

    /// <summary>Resumes the paused queue and measures until it is empty.</summary>
    /// <param name="jobs">Jobs in the queue.</param>
    /// <returns>Jobs per second, from the first completion seen to the last.</returns>
    public async Task<double> DrainAsync(int jobs)
    {
        var step = TimeSpan.FromMilliseconds(jobs <= FewJobs ? 2 : 25);
        await ResumeAsync();
        (long At, long Left)? first = null;
        while (true)
        {
            var left = await UnfinishedAsync();
            var now = Stopwatch.GetTimestamp();
            if (left < jobs && first is null) first = (now, left);
            if (left == 0 && first is { } from) return from.Left / Math.Max(Stopwatch.GetElapsedTime(from.At, now).TotalSeconds, 1e-6);
            await Task.Delay(step);
        }
    }
}
