using System.Diagnostics;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Times jobs from the submit to the result in hand, in milliseconds.</summary>
internal static class RoundTrips
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>One job at a time.</summary>
    public static Task<List<double>> OneAtATimeAsync(MolinoClient client, int count) => OneAtATimeAsync([client], count);

    /// <summary>One job at a time, by each client in turn.</summary>
    public static async Task<List<double>> OneAtATimeAsync(IReadOnlyList<MolinoClient> clients, int count)
    {
        var samples = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            if (await RunAsync(clients[i % clients.Count], i)) samples.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return samples;
    }

    /// <summary>Open loop at a steady rate: each job counts from its planned send time, so that a stall is not hidden.</summary>
    /// <returns>The samples; jobs without a result in time are missing.</returns>
    public static Task<List<double>> OpenLoopAsync(MolinoClient client, double rate, TimeSpan span) => OpenLoopAsync([client], rate, span);

    /// <summary>The same, by each client in turn.</summary>
    public static async Task<List<double>> OpenLoopAsync(IReadOnlyList<MolinoClient> clients, double rate, TimeSpan span)
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
                running[i] = TimeAsync(clients[i % clients.Count], i, planned);
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
