using System.Diagnostics;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Times jobs from the submit to the result in hand, in milliseconds.</summary>
internal static class RoundTrips
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>One job at a time.</summary>
    public static async Task<List<double>> OneAtATimeAsync(MolinoClient client, int count)
    {
        var samples = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            if (await RunAsync(client, i)) samples.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return samples;
    }

    /// <summary>Open loop at a steady rate: each job counts from its planned send time, so that a stall is not hidden.</summary>
    /// <returns>The samples; jobs without a result in time are missing.</returns>
    public static async Task<List<double>> OpenLoopAsync(MolinoClient client, double rate, TimeSpan span)
    {
        var total = (int)(rate * span.TotalSeconds);
        var running = new Task<double?>[total];
        var sent = new TaskCompletionSource();
        var sender = new Thread(Send) { IsBackground = true };
        sender.Start();
        await sent.Task;
        return [.. (await Task.WhenAll(running)).OfType<double>()];

        void Send()
        {
            var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20);
            for (var i = 0; i < total; i++)
            {
                var planned = start + (long)(i / rate * Stopwatch.Frequency);
                Pace.WaitUntil(planned);
                running[i] = TimeAsync(client, i, planned);
            }

            sent.SetResult();
        }
    }

    private static async Task<double?> TimeAsync(MolinoClient client, int number, long planned) =>
        await RunAsync(client, number) ? Stopwatch.GetElapsedTime(planned).TotalMilliseconds : null;

    private static async Task<bool> RunAsync(MolinoClient client, int number)
    {
        var answer = await client.Transport.SubmitAsync(NoopJobs.One(number), Patience, CancellationToken.None);
        return answer.Job.Status == Core.JobStatus.Succeeded;
    }
}
