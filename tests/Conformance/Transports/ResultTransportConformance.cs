using System.Text;
using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>Results, small and large, their items, and logs.</summary>
/// <param name="subject">The transport.</param>
public abstract class ResultTransportConformance(ITransportUnderTest subject) : TransportSuite(subject)
{
    private const int Rows = 300_000;

    private static readonly string[] FiveLines = ["/bin/sh", "-c", "for i in 1 2 3 4 5; do echo line $i; done"];

    [Theory]
    [InlineData(10)]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(300_000)]
    [InlineData(4_000_000)]
    public async Task Result_of_any_size_is_read_whole(int length)
    {
        var text = string.Create(length, 0, static (span, _) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + (i * 31L / 7 % 26));
        });
        var job = await SubmitAsync(Job("echo", text));

        await using var opened = await Transport.OpenResultAsync(job.Id, Patience, Token);

        opened.Job.Status.ShouldBe(JobStatus.Succeeded);
        opened.MediaType.ShouldNotBeNull().ShouldStartWith("application/json");
        using var reader = new StreamReader(opened.Content!, Encoding.UTF8);
        (await reader.ReadToEndAsync(Token)).ShouldBe($"\"{text}\"");
    }

    [Fact]
    public async Task Result_of_a_job_without_one_has_no_content()
    {
        var live = await SubmitAsync(Held());
        var failed = await RunAsync(Job("fail", new { message = "m" }) with { MaxAttempts = 1 });

        await using var none = await Transport.OpenResultAsync(live.Id, TimeSpan.Zero, Token);
        await using var never = await Transport.OpenResultAsync(failed.Id, TimeSpan.Zero, Token);

        (none.Content, none.Job.Status).ShouldBe((null, JobStatus.Waiting));
        (never.Content, never.Job.Status).ShouldBe((null, JobStatus.Failed));
    }

    [Fact]
    public async Task Items_of_a_job_without_a_result_are_none()
    {
        var live = await SubmitAsync(Held());
        var failed = await RunAsync(Job("fail", new { message = "m" }) with { MaxAttempts = 1 });

        (await LinesAsync(live.Id, 0)).Count.ShouldBe(0);
        (await LinesAsync(failed.Id, 0)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Result_that_is_not_read_to_its_end_can_be_left()
    {
        var job = await RunAsync(Job("echo", new string('x', 3_000_000)));
        for (var i = 0; i < 5; i++)
        {
            await using var opened = await Transport.OpenResultAsync(job.Id, TimeSpan.Zero, Token);
            (await opened.Content!.ReadAsync(new byte[10], Token)).ShouldBe(10);
        }

        (await RunAsync(Job("noop"))).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task Items_stream_from_any_line_in_order()
    {
        var sql = $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows - 1}) SELECT i, 'row ' || i FROM n";
        var job = await RunAsync(Job("sql.query", new { database = "sample", sql, limit = Rows }));
        job.Status.ShouldBe(JobStatus.Succeeded, job.Error?.Message);

        (await LinesAsync(job.Id, 0)).ShouldBe((Rows, "[0,\"row 0\"]", $"[{Rows - 1},\"row {Rows - 1}\"]"));
        (await LinesAsync(job.Id, 250_000)).ShouldBe((Rows - 250_000, "[250000,\"row 250000\"]", $"[{Rows - 1},\"row {Rows - 1}\"]"));
    }

    [Fact]
    public async Task Log_is_read_on_from_a_line()
    {
        var job = await RunAsync(Job("process.run", new { command = FiveLines }));
        job.Status.ShouldBe(JobStatus.Succeeded, job.Error?.Message);

        var first = await Transport.ReadLogAsync(job.Id, 0, 2, Token);
        var rest = await Transport.ReadLogAsync(job.Id, first.Next, 1000, Token);

        first.Lines.Concat(rest.Lines).Select(line => line.Text).Where(text => text.StartsWith("line", StringComparison.Ordinal)).ShouldBe(["line 1", "line 2", "line 3", "line 4", "line 5"]);
        rest.Finished.ShouldBeTrue();
    }

    private async Task<(long Count, string First, string Last)> LinesAsync(JobId id, long from)
    {
        var (count, skip) = (0L, -1L);
        string first = "", last = "";
        await foreach (var chunk in Transport.ReadResultItemsAsync(id, from, Token))
        {
            if (skip < 0) skip = from - chunk.FirstItem;
            var lines = Encoding.UTF8.GetString(chunk.Data.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBe((int)chunk.Items);
            foreach (var line in lines.Skip((int)skip))
            {
                if (count++ == 0) first = line;
                last = line;
            }

            skip = Math.Max(0, skip - lines.Length);
        }

        return (count, first, last);
    }
}
