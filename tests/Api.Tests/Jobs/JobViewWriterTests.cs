using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Molino.Client;
using Molino.Core;

namespace Molino.Api.Tests;

public sealed class JobViewWriterTests
{
    [Fact]
    public void Any_job_is_written_as_the_serializer_does() =>
        Prop.ForAll(Jobs().ToArbitrary(), job =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MolinoJson.Options.Encoder })) JobViewWriter.Write(writer, job);
            var written = Encoding.UTF8.GetString(buffer.WrittenSpan);
            return written == JsonSerializer.Serialize(job, MolinoJson.Options)
                ? true
                : throw new InvalidOperationException($"{written}\nis not\n{JsonSerializer.Serialize(job, MolinoJson.Options)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_260_131UL, 17UL));

    private static Gen<JobView> Jobs() =>
        from picks in Gen.ArrayOf(Gen.Choose(0, 3), 20)
        from status in Gen.Elements(Enum.GetValues<JobStatus>())
        from outcome in Gen.Elements(Enum.GetValues<AttemptOutcome>())
        from text in Gen.Elements("a", "é\"\\\n", "<script>", "")
        let time = RecordedTransport.Noon.AddTicks(picks[0] * 1_234_567)
        let error = new JobError(text, "message " + text, picks[1] > 1 ? "detail" : null)
        select new JobView
        {
            Id = JobId.Create(time, (ulong)picks[2]),
            Type = "echo",
            Queue = "default",
            Priority = picks[3],
            Status = status,
            Attempt = picks[4],
            MaxAttempts = 4,
            Epoch = picks[5],
            Args = picks[6] > 0 ? RawJson.Parse("""{"a":[1, 2]}""") : default,
            Result = picks[7] > 1 ? RawJson.Parse("[]") : null,
            Error = picks[8] > 1 ? error : null,
            Progress = picks[9] > 1 ? new ProgressView(picks[10] > 1 ? 0.25 : null, picks[11] > 1 ? text : null, picks[12] > 1 ? RawJson.Parse("1") : null) : null,
            CreatedAt = time,
            DueAt = picks[13] > 1 ? time : null,
            ExpiresAt = picks[13] > 2 ? time : null,
            StartedAt = picks[14] > 1 ? time : null,
            FinishedAt = picks[15] > 1 ? time : null,
            CancelRequestedAt = picks[16] > 1 ? time : null,
            CancelReason = picks[16] > 2 ? text : null,
            Silo = picks[17] > 1 ? text : null,
            Pool = picks[17] > 2 ? "p" : null,
            Tags = picks[18] > 1 ? [text, "b"] : [],
            Parents = picks[18] > 2 ? [JobId.Create(time, 7)] : [],
            WaitingFor = picks[19] > 1 ? "hold" : null,
            History = picks[19] > 0 ? [new AttemptView(1, "mill-1", time, time, outcome, picks[19] > 2 ? error : null)] : null,
        };
}
