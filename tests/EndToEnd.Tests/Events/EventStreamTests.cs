using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Conformance.Http;

namespace Molino.EndToEnd.Tests.Events;

/// <summary>Server-sent events of a real silo, read as a browser does.</summary>
public sealed class EventStreamTests
{
    private static readonly string[] WholeLife = ["submitted", "leased", "succeeded"];

    [Fact]
    public async Task Stream_tells_a_job_from_its_submit_to_its_end()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var client = silo.Client;
        using var stream = await EventReader.OpenAsync(silo.Http, "/api/events");

        var job = await client.SubmitAsync("noop");

        (await ReadAsync(stream, 3)).ShouldBe(Life(job));
    }

    [Fact]
    public async Task Job_stream_tells_its_job_alone_and_ends_with_it()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var client = silo.Client;
        var job = await client.SubmitAsync("noop", new SubmitOptions { Hold = true });
        using var stream = await EventReader.OpenAsync(silo.Http, $"/api/jobs/{job.Id}/events");

        await client.SubmitAsync("noop");
        await client.Transport.ReleaseAsync(job.Id, CancellationToken.None);

        (await ReadAsync(stream, 4)).ShouldBe(Life(job, ["submitted", "holdReleased", "leased", "succeeded"]));
        (await stream.ReadToEndAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_resumed_after_a_restart_tells_what_was_missed_once(bool killed)
    {
        await using var silo = await SiloProcess.StartAsync();
        using var client = silo.Client;
        var seen = await client.SubmitAsync("noop");
        await seen.ResultAsync<object>(TimeSpan.FromSeconds(30));
        string place;
        using (var stream = await EventReader.OpenAsync(silo.Http, "/api/events?after=0")) place = (await stream.NextAsync()).Id!;
        var missed = await client.SubmitAsync("noop");
        await missed.ResultAsync<object>(TimeSpan.FromSeconds(30));

        await StopAsync(silo, killed);
        await silo.StartAgainAsync();
        using var resumed = await EventReader.OpenAsync(silo.Http, "/api/events", ("Last-Event-ID", place));
        var later = await client.SubmitAsync("noop");

        (await ReadAsync(resumed, 8)).ShouldBe([.. Life(seen)[1..], .. Life(missed), .. Life(later)]);
    }

    [Fact]
    public async Task Stream_ends_when_the_silo_stops()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var stream = await EventReader.OpenAsync(silo.Http, "/api/events");

        silo.Interrupt();

        (await stream.ReadToEndAsync()).ShouldBeTrue();
        (await silo.WaitForExitAsync()).ShouldBe(0);
    }

    private static string[] Life(JobHandle job, string[]? kinds = null) => [.. (kinds ?? WholeLife).Select(kind => $"{job.Id} {kind}")];

    private static async Task<string[]> ReadAsync(EventReader stream, int count)
    {
        var told = new string[count];
        for (var i = 0; i < count; i++)
        {
            var (_, kind, data) = await stream.NextAsync();
            told[i] = $"{JsonNode.Parse(data)!["job"]} {kind}";
        }

        return told;
    }

    private static Task StopAsync(SiloProcess silo, bool killed)
    {
        if (killed) return silo.KillAsync();
        silo.Interrupt();
        return silo.WaitForExitAsync();
    }
}
