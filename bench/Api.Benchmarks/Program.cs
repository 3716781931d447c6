// The API's own share of a call. Everything is printed beside a bare Kestrel endpoint that reads the same body and answers the same bytes, in one run:
// compare ratios, the machine is noisy. Run: dotnet run -c Release --project bench/Api.Benchmarks
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Molino.Api;
using Molino.Api.Benchmarks;
using Molino.Client;

const string Job = """{"type":"noop","args":{"order":4711,"text":"hello"},"queue":"default","priority":5}""";
var batch = "[" + string.Join(',', Enumerable.Repeat(Job, 1000)) + "]";
var jobUtf8 = Encoding.UTF8.GetBytes(Job);
var batchUtf8 = Encoding.UTF8.GetBytes(batch);
var writeBuffer = new ArrayBufferWriter<byte>(4096);
using var writer = new Utf8JsonWriter(writeBuffer);

Print("parse one submit", Best(20_000, () => SubmissionReader.ReadOne(jobUtf8)), 1);
Print("  the same with the serializer", Best(20_000, () => JsonSerializer.Deserialize<JobSubmission>(jobUtf8, MolinoJson.Options)), 1);
Print("parse a batch of 1,000, per job", Best(100, () => SubmissionReader.ReadBatch(batchUtf8, 1000)), 1000);
Print("  the same with the serializer, per job", Best(100, () => JsonSerializer.Deserialize<List<JobSubmission>>(batchUtf8, MolinoJson.Options)), 1000);
Print("write a job", Best(20_000, () => Write(JobViewWriter.Write)), 1);
Print("  the same with the serializer", Best(20_000, () => Write((json, job) => JsonSerializer.Serialize(json, job, MolinoJson.Options))), 1);

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.UseMolinoLimits());
builder.Services.AddSingleton<IMolinoTransport, ConstantTransport>();
builder.Services.AddMolinoApi(builder.Configuration);
await using var api = builder.Build();
api.MapMolinoApi();
await api.StartAsync();

var bareBuilder = WebApplication.CreateSlimBuilder(args);
bareBuilder.Logging.ClearProviders();
bareBuilder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.UseMolinoLimits());
await using var bare = bareBuilder.Build();
bare.Run(BareAsync);
await bare.StartAsync();

Compare("submit over HTTP", "/api/jobs", Job, 4000, 1);
Compare("batch of 1,000 over HTTP, per job", "/api/jobs/batch", batch, 60, 1000);

object? Write(Action<Utf8JsonWriter, JobView> write)
{
    writeBuffer.ResetWrittenCount();
    writer.Reset(writeBuffer);
    write(writer, ConstantTransport.Job);
    writer.Flush();
    return null;
}

static async Task BareAsync(HttpContext context)
{
    var reader = context.Request.BodyReader;
    ReadResult result;
    while (!(result = await reader.ReadAsync()).IsCompleted) reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
    var large = result.Buffer.Length > 10_000;
    reader.AdvanceTo(result.Buffer.End);
    var answer = new byte[large ? 29_010 : 280];
    context.Response.StatusCode = 202;
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer);
}

void Compare(string name, string path, string body, int calls, int jobs)
{
    using var apiClient = new KeepAliveClient(new Uri(api.Urls.Single()), path, body);
    using var bareClient = new KeepAliveClient(new Uri(bare.Urls.Single()), path, body);
    if (apiClient.Call() != 202) throw new InvalidOperationException($"{path} was refused.");
    var apiTime = TimeSpan.MaxValue;
    var bareTime = TimeSpan.MaxValue;
    for (var round = 0; round < 7; round++) // taken in turns, so that both meet the same noise
    {
        apiTime = Shorter(apiTime, Time(calls, () => apiClient.Call()));
        bareTime = Shorter(bareTime, Time(calls, () => bareClient.Call()));
    }

    Print(name, apiTime, jobs);
    Print("  bare Kestrel", bareTime, jobs);
    Print("  the API's own share", apiTime - bareTime, jobs);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {jobs / apiTime.TotalSeconds,10:N0} jobs/s one after the other"));
}

static TimeSpan Best(int calls, Func<object?> call)
{
    var best = TimeSpan.MaxValue;
    for (var round = 0; round < 7; round++) best = Shorter(best, Time(calls, () => call()));
    return best;
}

static TimeSpan Time(int calls, Action call)
{
    var start = Stopwatch.GetTimestamp();
    for (var i = 0; i < calls; i++) call();
    return Stopwatch.GetElapsedTime(start) / calls;
}

static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

static void Print(string name, TimeSpan time, int jobs) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} {time.TotalMicroseconds / jobs,9:N2} us"));
