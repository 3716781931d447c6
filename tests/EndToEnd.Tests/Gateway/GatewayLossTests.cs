using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Molino.Client;
using Molino.Core;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>What a client sees when its gateway dies or stops: calls go on through another silo, and what was answered stays.</summary>
public sealed class GatewayLossTests(ITestOutputHelper output)
{
    private const int Submitters = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KillNine_UnderSubmits_EveryAcknowledgedJobEndsOnceAndNoCallFails()
    {
        await using var cluster = await GatewayCluster.StartAsync();
        await using var client = await cluster.ConnectAsync(static options => options.RetryFor = Patience);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentDictionary<string, JobId>(StringComparer.Ordinal);
        var submitting = Task.WhenAll(Enumerable.Range(0, Submitters).Select(submitter => SubmitAsync(client, submitter, acknowledged, stop.Token)));
        await SiloProcess.UntilAsync(() => Task.FromResult(acknowledged.Count > 200));

        await (await cluster.GatewayOfAsync(client)).KillAsync();
        var before = acknowledged.Count;
        await SiloProcess.UntilAsync(() => Task.FromResult(acknowledged.Count > before + 500));
        await stop.CancelAsync();
        await submitting;

        output.WriteLine($"{before} jobs before the kill, {acknowledged.Count} in all");
        foreach (var id in acknowledged.Values) (await client.Job(id).WaitAsync(Patience)).Status.ShouldBe(JobStatus.Succeeded);
        var ends = await CountEndsAsync(client);
        foreach (var (key, id) in acknowledged) ends.GetValueOrDefault(id).ShouldBe(1, key);
    }

    [Fact]
    public async Task KillNine_UnderASubmitWithoutKey_SaysThatTheOutcomeIsUnknown()
    {
        await using var cluster = await GatewayCluster.StartAsync(2);
        await using var client = await cluster.ConnectAsync();
        var queue = await client.SubmitAsync("noop");
        await queue.WaitAsync(Patience);

        var gateway = await cluster.GatewayOfAsync(client);
        gateway.Pause(); // it takes the call and answers nothing
        var submit = client.SubmitAsync("noop");
        var read = client.Job(queue.Id).ViewAsync();
        await gateway.KillAsync();

        (await Should.ThrowAsync<JobSystemException>(submit.WaitAsync(Patience))).Code.ShouldBe(ErrorCodes.OutcomeUnknown);
        (await read.WaitAsync(Patience)).Status.ShouldBe(JobStatus.Succeeded);
        (await client.SubmitAsync("noop").WaitAsync(Patience)).IsDuplicate.ShouldBeFalse();
    }

    [Fact]
    public async Task OrderlyStop_UnderSubmits_NoCallFails()
    {
        await using var cluster = await GatewayCluster.StartAsync();
        await using var client = await cluster.ConnectAsync();
        using var stop = new CancellationTokenSource();
        var ids = new ConcurrentBag<JobId>();
        var held = await client.SubmitAsync("noop", new SubmitOptions { Hold = true });
        var waiting = held.WaitAsync(Patience * 2);
        var submitting = Task.WhenAll(Enumerable.Range(0, Submitters).Select(async _ =>
        {
            while (!stop.IsCancellationRequested) ids.Add((await client.SubmitAsync("noop")).Id); // without a key: any doubt would throw
        }));
        await SiloProcess.UntilAsync(() => Task.FromResult(ids.Count > 200));

        var gateway = await cluster.GatewayOfAsync(client);
        gateway.Interrupt();
        (await gateway.WaitForExitAsync()).ShouldBe(0);
        var before = ids.Count;
        await SiloProcess.UntilAsync(() => Task.FromResult(ids.Count > before + 500));
        await stop.CancelAsync();
        await submitting;
        await client.Transport.ReleaseAsync(held.Id, CancellationToken.None);

        (await waiting.WaitAsync(Patience)).Status.ShouldBe(JobStatus.Succeeded);
        output.WriteLine($"{before} jobs when the silo had stopped, {ids.Count} in all");
        foreach (var id in ids) (await client.Job(id).WaitAsync(Patience)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task KillNine_UnderAResultAndEvents_BothAreReadOnWithoutGapOrDouble()
    {
        await using var cluster = await GatewayCluster.StartAsync(2);
        await using var client = await cluster.ConnectAsync();
        var text = new string('m', 3_900_000);
        var job = await client.SubmitAsync("echo", text);
        await job.WaitAsync(Patience);
        var cursor = (await client.Transport.ReadEventsAsync(null, 1, null, TimeSpan.Zero, CancellationToken.None)).Next;
        using var stop = new CancellationTokenSource(Patience);
        var submitted = new List<JobId>();
        var told = new ConcurrentQueue<JobId>();
        var following = FollowAsync(client, cursor, told, stop.Token);
        await using var opened = await client.Transport.OpenResultAsync(job.Id, TimeSpan.Zero, CancellationToken.None);
        var buffer = new byte[300_000];
        await opened.Content!.ReadExactlyAsync(buffer);
        submitted.Add((await client.SubmitAsync("noop")).Id);
        await SiloProcess.UntilAsync(() => Task.FromResult(told.Count == 1));

        await (await cluster.GatewayOfAsync(client)).KillAsync();
        using var reader = new StreamReader(opened.Content, Encoding.UTF8);
        var rest = await reader.ReadToEndAsync(stop.Token);
        for (var i = 0; i < 5; i++) submitted.Add((await client.SubmitAsync("noop", new SubmitOptions { IdempotencyKey = $"after-{i}" })).Id);
        await SiloProcess.UntilAsync(() => Task.FromResult(told.Count >= submitted.Count));
        await stop.CancelAsync();
        await following;

        (Encoding.UTF8.GetString(buffer) + rest).ShouldBe($"\"{text}\"");
        told.ShouldBe(submitted);
    }

    private static async Task FollowAsync(MolinoClient client, string cursor, ConcurrentQueue<JobId> told, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var one in client.EventsAsync(cursor, cancellationToken: cancellationToken))
                if (one.Kind == JobEventKind.Submitted) told.Enqueue(one.Job);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // all was told
        }
    }

    private static async Task SubmitAsync(MolinoClient client, int submitter, ConcurrentDictionary<string, JobId> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"job-{submitter}-{i}");
            var job = await client.SubmitAsync("echo", new { submitter, i }, new SubmitOptions { IdempotencyKey = key }, CancellationToken.None);
            acknowledged.TryAdd(key, job.Id).ShouldBeTrue();
        }
    }

    private static async Task<Dictionary<JobId, int>> CountEndsAsync(MolinoClient client)
    {
        var ends = new Dictionary<JobId, int>();
        for (var cursor = "0:0"; ;)
        {
            var page = await client.Transport.ReadEventsAsync(cursor, 1000, null, TimeSpan.Zero, CancellationToken.None);
            page.Reset.ShouldBeFalse();
            if (page.Events.Count == 0) return ends;
            foreach (var one in page.Events.Where(one => one.Status.IsTerminal())) ends[one.Job] = ends.GetValueOrDefault(one.Job) + 1;
            cursor = page.Next;
        }
    }
}
