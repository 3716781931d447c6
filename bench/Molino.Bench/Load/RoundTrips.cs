using System.Diagnostics;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Times jobs from the submit to the result in hand, in milliseconds.</summary>
internal static class RoundTrips
{
    /// <summary>How long a result is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>One job at a time.</summary>
    public static async Task<List<double>> OneAtATimeAsync(MolinoClient client, int count) => (await InTurnAsync([client], count, TimeSpan.Zero, Patience))[0];

    /// <summary>One job at a time by each client in turn, again and again; who is first changes.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="count">How many jobs of each.</param>
    /// <param name="gap">How long before each job nothing happens.</param>
    /// <param name="wait">How long the result is waited for; zero to time the submit alone.</param>
    /// <returns>The samples of each client; jobs without a result in time are missing.</returns>
    public static async Task<List<double>[]> InTurnAsync(IReadOnlyList<MolinoClient> clients, int count, TimeSpan gap, TimeSpan wait)
    {
        var samples = clients.Select(_ => new List<double>(count)).ToArray();
        for (var i = 0; i < count * clients.Count; i++)
        {
            var turn = (i + (i / clients.Count)) % clients.Count;
            Pace.Wait(gap);
            var started = Stopwatch.GetTimestamp();
            if (await RunAsync(clients[turn], i, wait)) samples[turn].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
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
        await RunAsync(client, number, Patience) ? Stopwatch.GetElapsedTime(planned).TotalMilliseconds : null;

    private static async Task<bool> RunAsync(MolinoClient client, int number, TimeSpan wait)
    {
        var answer = await client.Transport.SubmitAsync(NoopJobs.One(number), wait, CancellationToken.None);
        return wait == TimeSpan.Zero || answer.Job.Status == Core.JobStatus.Succeeded;
    }
}
