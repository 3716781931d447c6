using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Api.Tests;

/// <summary>Recorded answers and faults in the place of a cluster: for the edges of the protocol, which no cluster decides.</summary>
public sealed class RecordedTransport : IMolinoTransport
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private ulong _random;

    public ConcurrentDictionary<JobId, JobView> Jobs { get; } = new();

    public ConcurrentQueue<object?> Calls { get; } = new();

    public Exception? Fault { get; set; }

    public Func<JobSubmission, SubmitAnswer>? OnSubmit { get; set; }

    public Func<JobView, JobResultContent>? OnResult { get; set; }

    public Func<string?, EventListView>? OnEvents { get; set; }

    public IReadOnlyList<ResultChunk> Chunks { get; set; } = [];

    public HealthView Health { get; set; } = new("ready", new Dictionary<string, HealthPartView> { ["store"] = new("ok", null, null) });

    public JobId AddJob(JobStatus status = JobStatus.Queued, JobError? error = null)
    {
        var job = NewJob("echo", RawJson.Parse("{}")) with { Status = status, Error = error };
        Jobs[job.Id] = job;
        return job.Id;
    }

    public JobView NewJob(string type, RawJson args) => new()
    {
        Id = JobId.Create(Noon, Interlocked.Increment(ref _random)),
        Type = type,
        Queue = "default",
        Priority = 5,
        Status = JobStatus.Queued,
        Attempt = 0,
        MaxAttempts = 4,
        Epoch = 0,
        Args = args,
        CreatedAt = Noon,
    };

    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken)
    {
        Record(submission);
        if (OnSubmit is { } answer) return answer(submission);
        var job = NewJob(submission.Type ?? throw new JobValidationException(ErrorCodes.InvalidJob, "type", "Is required."), submission.Args);
        Jobs[job.Id] = job;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellationToken);
        return new SubmitAnswer(job, Duplicate: false);
    }

    public Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        Record(submissions);
        return Task.FromResult<IReadOnlyList<JobId>>([.. submissions.Select(_ => AddJob())]);
    }

    public Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        Record(submissions);
        return Task.FromResult<IReadOnlyList<BatchItemAnswer>>([.. submissions.Select(_ => new BatchItemAnswer(AddJob(), null, null))]);
    }

    public async Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        Record(id);
        var job = Find(id);
        if (wait > TimeSpan.Zero && !job.IsTerminal) await Task.Delay(wait, cancellationToken);
        return Find(id);
    }

    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        Record(filter);
        return Task.FromResult(new JobListView([.. Jobs.Values.Take(filter.Limit)], Jobs.Count > filter.Limit ? "next" : null));
    }

    public async Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var job = await GetJobAsync(id, wait, cancellationToken);
        return OnResult?.Invoke(job) ?? new JobResultContent(job, null, null);
    }

    public async IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Record((id, fromItem));
        foreach (var chunk in Chunks.SkipWhile(chunk => chunk.FirstItem + chunk.Items <= fromItem))
        {
            await Task.Yield();
            yield return chunk;
        }
    }

    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        Record((id, after, limit));
        Find(id);
        return Task.FromResult(new LogView([new LogLine(after + 1, Noon, 1, "a line")], after + 1, Finished: true));
    }

    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) => Act(id, reason, job => job with { Status = JobStatus.Cancelled });

    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) => Act(id, args, job => job with { Args = args ?? job.Args });

    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) => Act(id, "release", job => job);

    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken) =>
        Act(id, update, job => job with { Priority = update.Priority ?? job.Priority, DueAt = update.DueAt ?? job.DueAt });

    public async Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken)
    {
        Record((after, limit, job));
        var page = OnEvents?.Invoke(after) ?? new EventListView([], after ?? "1:0", Reset: false);
        if (page.Events.Count == 0 && !page.Reset && wait > TimeSpan.Zero) await Task.Delay(wait, cancellationToken);
        return page;
    }

    public Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken)
    {
        Record("queues");
        return Task.FromResult<IReadOnlyList<QueueView>>([Queue("default")]);
    }

    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        Record(queue);
        return queue == "default" ? Task.FromResult(Queue(queue)) : throw new JobSystemException(ErrorCodes.UnknownQueue, $"No job was ever submitted to '{queue}'.");
    }

    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        Record((queue, paused));
        return Task.FromResult(Queue(queue) with { Paused = paused });
    }

    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken)
    {
        Record("types");
        var type = new TypeView
        {
            Name = "echo",
            Queue = "default",
            Schema = JsonNode.Parse("""{"type":"object"}""")!,
            MaxAttempts = 4,
            TimeLimit = TimeSpan.FromSeconds(300),
            SoftTimeLimit = TimeSpan.FromSeconds(240),
            Priority = 5,
        };
        return Task.FromResult<IReadOnlyList<TypeView>>([type]);
    }

    public Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken)
    {
        Record("pools");
        return Task.FromResult<IReadOnlyList<PoolView>>([new PoolView("default", "mill-1", "inline", [], 100, 0, 0, 0)]);
    }

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken)
    {
        Record("silos");
        return Task.FromResult<IReadOnlyList<SiloView>>([new SiloView("mill-1", "0.1.0", Noon, "active")]);
    }

    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken)
    {
        Record((silo, order));
        return silo == "mill-1"
            ? Task.FromResult(new SiloView(silo, "0.1.0", Noon, order == SiloOrder.Resume ? "active" : "draining"))
            : throw new JobSystemException(ErrorCodes.NotFound, $"No silo is named '{silo}'.");
    }

    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken)
    {
        Record(confirm);
        return Task.FromResult(new StoreView(Accepted: true, "ok", null, null));
    }

    public Task<HealthView> HealthAsync(CancellationToken cancellationToken)
    {
        Record("health");
        return Task.FromResult(Health);
    }

    private static QueueView Queue(string name) => new()
    {
        Name = name,
        Queued = 1,
        Scheduled = 0,
        Waiting = 0,
        Running = 0,
        Failed = 0,
        OldestAge = 0.5,
        ByPriority = new Dictionary<string, long> { ["5"] = 1 },
        Paused = false,
    };

    private JobView Find(JobId id) => Jobs.GetValueOrDefault(id) ?? throw new JobSystemException(ErrorCodes.NotFound, $"There is no job {id}.");

    private Task<JobView> Act(JobId id, object? asked, Func<JobView, JobView> act)
    {
        Record(asked);
        return Task.FromResult(Jobs[id] = act(Find(id)));
    }

    private void Record(object? call)
    {
        if (Fault is { } fault) throw fault;
        Calls.Enqueue(call);
    }
}
