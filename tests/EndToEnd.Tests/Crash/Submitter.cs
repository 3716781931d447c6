using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Molino.EndToEnd.Tests.Crash;

/// <summary>A client that does not give up: a submit without an answer is sent again with the same idempotency key.</summary>
internal sealed class Submitter(HttpClient http, ConcurrentDictionary<string, string> acknowledged)
{
    public async Task SubmitAsync(string key, object args, string type)
    {
        while (true)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync(
                    "/api/jobs", new { type, args, idempotencyKey = key, retry = new { first = 0.05, max = 0.2, jitter = true } });
                if (answer.IsSuccessStatusCode)
                {
                    using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                    var id = json.RootElement.GetProperty("id").GetString()!;
                    acknowledged.GetOrAdd(key, id).ShouldBe(id, "one key, one job");
                    return;
                }

                ((int)answer.StatusCode).ShouldBe(503, await answer.Content.ReadAsStringAsync());
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20); // the silo is dead; its successor will answer
            }
        }
    }
}
