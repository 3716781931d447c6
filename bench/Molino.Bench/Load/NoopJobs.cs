using System.Globalization;
using Molino.Client;

namespace Molino.Bench;

/// <summary>Jobs with one small number as argument.</summary>
internal static class NoopJobs
{
    /// <summary>Jobs of one batch: what the API takes at most.</summary>
    public const int BatchSize = 1000;

    /// <summary>A job.</summary>
    public static JobSubmission One(int number, string type = "noop") =>
        new() { Type = type, Args = RawJson.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"i\":{number}}}")) };

    /// <summary>Submits jobs one by one, each awaited.</summary>
    public static async Task SubmitEachAsync(MolinoClient client, int count)
    {
        for (var i = 0; i < count; i++) await client.Transport.SubmitAsync(One(i), TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Submits jobs in batches of 1,000, one batch after the other.</summary>
    public static async Task SubmitBatchesAsync(MolinoClient client, int count)
    {
        var batch = new List<JobSubmission>(BatchSize);
        for (var i = 0; i < count;)
        {
            batch.Clear();
            while (batch.Count < BatchSize && i < count) batch.Add(One(i++));
            await client.Transport.SubmitBatchAsync(batch, CancellationToken.None);
        }
    }
}
