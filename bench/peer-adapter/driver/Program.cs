using System.Text.Json;
using Molino.Core;
using Molino.PeerDriver;

// One JSON request per line in, one JSON answer per line out, as the harness has it.
var port = Environment.GetEnvironmentVariable("BENCH_REDIS_PORT");
using var driver = new Driver($"http://127.0.0.1:{port}");
while (await Console.In.ReadLineAsync() is { } line)
{
    Dictionary<string, object> answer;
    try
    {
        var request = JsonSerializer.Deserialize<Request>(line, JsonSerializerOptions.Web)!;
        answer = await driver.AnswerAsync(request);
        answer["ok"] = true;
    }
    catch (Exception error) when (error is JobSystemException or HttpRequestException or JsonException or ArgumentException)
    {
        answer = new Dictionary<string, object>(StringComparer.Ordinal) { ["ok"] = false, ["error"] = error.Message };
    }

    Console.WriteLine(JsonSerializer.Serialize(answer));
}
