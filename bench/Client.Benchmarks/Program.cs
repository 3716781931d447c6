using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Molino.Client;
using Molino.Client.Benchmarks;
using Molino.Core;

// What the client itself can do on this machine: the server answers prepared bytes. Each figure is the best of five rounds.
const int Rounds = 5;
var id = JobId.Create(DateTimeOffset.UnixEpoch, 42);
var view = new JobView
{
    Id = id,
    Type = "noop",
    Queue = "default",
    Priority = 5,
    Status = JobStatus.Queued,
    Attempt = 0,
    MaxAttempts = 4,
    Epoch = 0,
    Args = RawJson.Parse("{}"),
    CreatedAt = DateTimeOffset.UnixEpoch,
};
var batch = Enumerable.Range(0, 1000).Select(i => new JobSubmission { Type = "noop", Args = RawJson.From(new { number = i, text = "a job like many" }) }).ToList();
var large = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 1000).Select(i => new { i, text = "row of a result" }));

Print("write 1,000 submissions, by hand", "jobs/s", Best(1000, () => SubmissionWriter.Write(batch).Dispose()));
Print("write 1,000 submissions, serializer", "jobs/s", Best(1000, () => JsonSerializer.SerializeToUtf8Bytes(batch, MolinoJson.Options)));
Print("read raw JSON of 40 KB", "values/s", Best(1, () => JsonSerializer.Deserialize<RawJson>(large, MolinoJson.Options)));
Print("the same, by way of a document", "values/s", Best(1, () => ReadDocument(large)));

using (var server = new CannedServer("202 Accepted", JsonSerializer.Serialize(view, MolinoJson.Options)))
using (var transport = new HttpTransport(new MolinoClientOptions { Url = server.Url }))
{
    Print("submit one by one, one producer", "jobs/s", await BestAsync(2000, async () =>
    {
        for (var i = 0; i < 2000; i++) await transport.SubmitAsync(batch[i % 1000], TimeSpan.Zero, CancellationToken.None);
    }));
    Print("submit one by one, 16 producers", "jobs/s", await BestAsync(8000, () => Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
    {
        for (var i = 0; i < 500; i++) await transport.SubmitAsync(batch[i], TimeSpan.Zero, CancellationToken.None);
    }))));
}

using (var server = new CannedServer("202 Accepted", JsonSerializer.Serialize(new BatchIdsView([.. Enumerable.Repeat(id, 1000)]), MolinoJson.Options)))
using (var transport = new HttpTransport(new MolinoClientOptions { Url = server.Url }))
{
    Print("submit in batches of 1,000", "jobs/s", await BestAsync(50_000, async () =>
    {
        for (var i = 0; i < 50; i++) await transport.SubmitBatchAsync(batch, CancellationToken.None);
    }));
}

static RawJson ReadDocument(byte[] json)
{
    using var document = JsonDocument.Parse(json);
    return new RawJson(JsonSerializer.SerializeToUtf8Bytes(document.RootElement));
}

static double Best(int items, Action action)
{
    var best = 0.0;
    for (var round = 0; round < Rounds; round++)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(300))
        {
            action();
            count += items;
        }

        best = Math.Max(best, count / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    return best;
}

static async Task<double> BestAsync(int items, Func<Task> action)
{
    var best = 0.0;
    for (var round = 0; round < Rounds; round++)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        best = Math.Max(best, items / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    return best;
}

static void Print(string what, string unit, double value) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {value,12:N0} {unit}"));
