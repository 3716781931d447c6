using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Molino.Core;

namespace Molino.Client.Tests;

/// <summary>A real Kestrel that speaks the contract's HTTP over jobs in memory; <see cref="Intercept"/> makes it misbehave.</summary>
public sealed class ContractServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<JobId, ServerJob> _jobs = new();
    private readonly ConcurrentDictionary<string, JobId> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private ulong _ids;

    private ContractServer(WebApplication app) => _app = app;

    public string Url { get; private set; } = string.Empty;

    /// <summary>Called before the contract is; answers whether it took the request.</summary>
    public Func<HttpContext, Task<bool>> Intercept { get; set; } = static _ => Task.FromResult(false);

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public IReadOnlyCollection<ServerJob> Jobs => [.. _jobs.Values];

    public static async Task<ContractServer> StartAsync(string? socket = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (socket is null) kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            else kestrel.ListenUnixSocket(socket);
        });
        var app = builder.Build();
        var server = new ContractServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Url = socket is null ? app.Urls.Single() : $"unix:{socket}";
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    public ServerJob Add(string type, RawJson args = default, JobStatus status = JobStatus.Running)
    {
        var id = JobId.Create(DateTimeOffset.FromUnixTimeMilliseconds(1_750_000_000_000), Interlocked.Increment(ref _ids) << 32);
        var job = new ServerJob
        {
            View = new JobView
            {
                Id = id,
                Type = type,
                Queue = "default",
                Priority = 5,
                Status = status,
                Attempt = 1,
                MaxAttempts = 4,
                Epoch = 1,
                Args = args.IsEmpty ? RawJson.Parse("{}") : args,
                CreatedAt = id.CreatedAt,
            },
        };
        _jobs[id] = job;
        return job;
    }

    public static void Finish(ServerJob job, JobStatus status, RawJson? result = null, JobError? error = null)
    {
        job.View = job.View with { Status = status, Result = result, Error = error, FinishedAt = job.View.CreatedAt.AddSeconds(1) };
        job.Ended.TrySetResult();
    }

    public static Task WriteAsync<T>(HttpContext context, int status, T value, string mediaType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(JsonSerializer.Serialize(value, MolinoJson.Options));
    }

    public static Task ProblemAsync(HttpContext context, int status, string code, string detail, object? errors = null) =>
        WriteAsync(context, status, new { type = "about:blank", title = code, status, detail, code, errors }, "application/problem+json");

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _requests.Enqueue(new RecordedRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, body, headers));
        if (await Intercept(context)) return;
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        await (parts switch
        {
            ["api", "jobs"] when context.Request.Method == "POST" => SubmitAsync(context, body),
            ["api", "jobs"] => WriteAsync(context, 200, new JobListView([.. Jobs.Select(job => job.View).OrderByDescending(job => job.Id)], null)),
            ["api", "jobs", "batch"] => BatchAsync(context, body),
            ["api", "jobs", var id, .. var verb] when JobId.TryParse(id, out var job) && _jobs.TryGetValue(job, out var found) =>
                JobAsync(context, found, verb.FirstOrDefault()),
            ["api", "queues"] => WriteAsync(context, 200, new[] { Queue("default", paused: false) }),
            ["api", "queues", var queue, "pause"] => WriteAsync(context, 200, Queue(queue, paused: true)),
            ["api", "queues", var queue, "resume"] => WriteAsync(context, 200, Queue(queue, paused: false)),
            ["api", "silos"] => WriteAsync(context, 200, new[] { new SiloView("mill-1", "0.1.0", DateTimeOffset.UnixEpoch, "active") }),
            ["api", "silos", "mill-1", var order] => WriteAsync(context, 202, new SiloView("mill-1", "0.1.0", DateTimeOffset.UnixEpoch, order == "resume" ? "active" : "draining")),
            ["api", "store", "accept"] => WriteAsync(context, 200, new StoreView(Accepted: true, "ok", null, null)),
            ["api", "pools"] => WriteAsync(context, 200, new[] { new PoolView("default", "mill-1", "inline", [], 100, 3, 0, 42) }),
            ["api", "types"] => WriteAsync(context, 200, new[] { EchoType }),
            ["api", "events", "poll"] => WriteAsync(context, 200, new EventListView([], "1:0", false)),
            ["api", "users"] when context.Request.Method == "POST" => AddUserAsync(context, body),
            ["api", "users"] => WriteAsync(context, 200, new[] { new UserView("ana", "admin", "user", DateTimeOffset.UnixEpoch) }),
            ["api", "users", "ana"] => NoContentAsync(context),
            _ => ProblemAsync(context, 404, ErrorCodes.NotFound, "There is nothing here."),
        });
    }

    private static TypeView EchoType => new()
    {
        Name = "echo",
        Queue = "default",
        Schema = "{}",
        MaxAttempts = 4,
        TimeLimit = TimeSpan.FromSeconds(300),
        SoftTimeLimit = TimeSpan.FromSeconds(240),
        Priority = 5,
    };

    private static QueueView Queue(string name, bool paused) => new()
    {
        Name = name,
        Queued = 1,
        Scheduled = 2,
        Waiting = 3,
        Running = 4,
        Failed = 5,
        ByPriority = new Dictionary<string, long>(),
        Paused = paused,
    };

    private static Task AddUserAsync(HttpContext context, string body)
    {
        var user = JsonSerializer.Deserialize<UserSubmission>(body, MolinoJson.Options)!;
        return WriteAsync(context, 201, new UserCreated(user.Name, user.Role, user.Kind, user.Kind == UserSubmission.KeyKind ? "molino_secret" : null));
    }

    private static Task NoContentAsync(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync(HttpContext context, string body)
    {
        var submission = JsonSerializer.Deserialize<JobSubmission>(body, MolinoJson.Options)!;
        if (submission.Priority is > 10)
        {
            await ProblemAsync(context, 400, ErrorCodes.InvalidJob, "The job is not valid.", new Dictionary<string, string[]> { ["priority"] = ["Must be 0 to 10."] });
            return;
        }

        if (submission.IdempotencyKey is { } key && _keys.TryGetValue(key, out var first))
        {
            await WriteAsync(context, 200, _jobs[first].View);
            return;
        }

        var job = Create(submission);
        if (job is null)
        {
            await ProblemAsync(context, 404, ErrorCodes.UnknownType, "No handler is registered.");
            return;
        }

        await WaitAsync(context, job);
        await WriteAsync(context, job.View.IsTerminal && context.Request.Query.ContainsKey("wait") ? 200 : 202, job.View);
    }

    private ServerJob? Create(JobSubmission submission)
    {
        if (submission.Type is not ("noop" or "echo" or "fail" or "sleep")) return null;
        var job = Add(submission.Type, submission.Args);
        if (submission.IdempotencyKey is { } key) _keys[key] = job.View.Id;
        if (submission.Type == "noop") Finish(job, JobStatus.Succeeded, RawJson.Parse("null"));
        if (submission.Type == "echo") Finish(job, JobStatus.Succeeded, job.View.Args);
        if (submission.Type == "fail") Finish(job, JobStatus.Failed, error: new JobError("Boom", "It broke.", "at the mill"));
        return job;
    }

    private Task BatchAsync(HttpContext context, string body)
    {
        var batch = JsonSerializer.Deserialize<List<JobSubmission>>(body, MolinoJson.Options)!;
        if (context.Request.Query["atomic"] == "false")
            return WriteAsync(context, 202, batch.ConvertAll(each => Create(each) is { } job ? new BatchItemAnswer(job.View.Id, null, null)
                : new BatchItemAnswer(null, null, new BatchItemError(ErrorCodes.UnknownType, "No handler is registered.", null))));
        return WriteAsync(context, 202, new BatchIdsView(batch.ConvertAll(each => Create(each)!.View.Id)));
    }

    private static async Task JobAsync(HttpContext context, ServerJob job, string? verb)
    {
        switch (verb)
        {
            case null:
                await WaitAsync(context, job);
                await WriteAsync(context, 200, job.View);
                break;
            case "log":
                var ended = job.View.IsTerminal; // before the lines, as a silo does: what comes after belongs to the next page
                var after = int.Parse(context.Request.Query["after"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
                var lines = job.Log.Select((text, index) => new Molino.Storage.LogLine(index + 1, job.View.CreatedAt, 1, text)).Skip(after).ToList();
                await WriteAsync(context, 200, new LogView(lines, after + lines.Count, ended));
                break;
            case "cancel" when job.View.IsTerminal:
                await ProblemAsync(context, 409, ErrorCodes.IllegalTransition, "The job has ended.");
                break;
            case "cancel":
                job.View = job.View with { CancelRequestedAt = job.View.CreatedAt };
                Finish(job, JobStatus.Cancelled);
                await WriteAsync(context, 200, job.View);
                break;
            default:
                await ProblemAsync(context, 404, ErrorCodes.NotFound, "There is nothing here.");
                break;
        }
    }

    private static async Task WaitAsync(HttpContext context, ServerJob job)
    {
        if (job.View.IsTerminal || !double.TryParse(context.Request.Query["wait"], System.Globalization.CultureInfo.InvariantCulture, out var seconds)) return;
        await Task.WhenAny(job.Ended.Task, Task.Delay(TimeSpan.FromSeconds(seconds), context.RequestAborted));
    }
}
