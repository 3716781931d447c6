using System.Globalization;
using System.Net;
using System.Text.Json;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>Molino over HTTP. Thread-safe; keep one for the life of the program.</summary>
/// <remarks>
/// <para>Reads, waits, cancels, releases, changes and pauses are repeated when the connection breaks, for <see cref="MolinoClientOptions.RetryFor"/>;
/// so are submits whose every job has an idempotency key. Other submits and retries by hand are repeated only when they surely did nothing:
/// the connection was never made, or the server turned them away. Otherwise they throw <see cref="ErrorCodes.OutcomeUnknown"/>.</para>
/// <para>Throws <see cref="JobSystemException"/> with <see cref="ClientErrorCodes.NotReachable"/> when nobody answers, <see cref="RefusedException"/> or
/// <see cref="JobValidationException"/> with the server's code when it refuses.</para>
/// </remarks>
public sealed class HttpTransport : IMolinoTransport, IDisposable
{
    /// <summary>Header of a submit's answer: <c>true</c> when the idempotency key was known.</summary>
    public const string DuplicateHeader = "Molino-Duplicate";

    private readonly HttpChannel _channel;
    private readonly MolinoClientOptions _options;
    private readonly JobWait _wait;
    private readonly HttpEventStream _events;
    private readonly HttpResults _results;

    /// <summary>Creates a transport; connects with the first call.</summary>
    /// <param name="options">Where and how; not changed afterwards.</param>
    /// <exception cref="JobValidationException">The address is not one.</exception>
    public HttpTransport(MolinoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _channel = new HttpChannel(options);
        _wait = new JobWait(_channel, options);
        _events = new HttpEventStream(this, _channel, options);
        _results = new HttpResults(_channel, options);
        Users = new HttpUsers(_channel);
        Store = new HttpStore(_channel, options);
    }

    /// <summary>Users and API keys.</summary>
    public HttpUsers Users { get; }

    /// <summary>The store as a whole.</summary>
    public HttpStore Store { get; }

    /// <inheritdoc/>
    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var started = _options.TimeProvider.GetTimestamp();
        var hold = JobWait.Shorter(wait, _options.MaxHold);
        using var body = SubmissionWriter.Write(submission);
        var call = new HttpCall(HttpMethod.Post, new Query("/api/jobs").AddWait(hold).ToString(), RepeatOf(submission)) { Body = body, Hold = hold };
        var answer = await _channel.CallAsync<SubmitAnswer>(call, hold > TimeSpan.Zero ? ReadWaited : ReadSubmitted, cancellationToken).ConfigureAwait(false);
        var left = wait - _options.TimeProvider.GetElapsedTime(started);
        if (answer.Job.IsTerminal || left <= TimeSpan.Zero) return answer;
        return answer with { Job = await _wait.GetAsync(answer.Job.Id, left, cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        using var body = SubmissionWriter.Write(submissions);
        var call = new HttpCall(HttpMethod.Post, "/api/jobs/batch", RepeatOf(submissions)) { Body = body };
        return (await _channel.CallAsync(call, Answers.Json<BatchIdsView>(), cancellationToken).ConfigureAwait(false)).Ids;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        using var body = SubmissionWriter.Write(submissions);
        var call = new HttpCall(HttpMethod.Post, "/api/jobs/batch?atomic=false", RepeatOf(submissions)) { Body = body };
        return await _channel.CallAsync(call, Answers.Json<List<BatchItemAnswer>>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => _wait.GetAsync(id, wait, cancellationToken);

    /// <inheritdoc/>
    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new Query("/api/jobs")
            .Add("status", filter.Status is { } status ? JsonNamingPolicy.CamelCase.ConvertName(status.ToString()) : null)
            .Add("queue", filter.Queue).Add("type", filter.Type).Add("tag", filter.Tag).Add("q", filter.Prefix)
            .Add("from", filter.From).Add("to", filter.To).Add("limit", filter.Limit).Add("cursor", filter.Cursor)
            .Add("archived", filter.IncludeArchived ? "true" : null);
        return GetAsync<JobListView>(query.ToString(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<JobResultContent> OpenResultAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var job = await _wait.GetAsync(id, wait, cancellationToken).ConfigureAwait(false);
        return await _results.OpenAsync(job, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ResultChunk> ReadResultItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken) =>
        _results.ReadItemsAsync(id, fromItem, cancellationToken);

    /// <inheritdoc/>
    public Task<LogView> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken) =>
        GetAsync<LogView>(new Query($"/api/jobs/{id}/log").Add("after", after).Add("limit", limit).ToString(), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, "cancel", body => JobChangeWriter.Reason(body, reason), static job => job.CancelRequestedAt is not null, cancellationToken);

    /// <inheritdoc/>
    public async Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken)
    {
        using var body = new PooledJson();
        JobChangeWriter.Args(body, args);
        var call = new HttpCall(HttpMethod.Post, $"/api/jobs/{id}/retry", Repeat.IfNotDone) { Body = body };
        return await _channel.CallAsync(call, Answers.Json<JobView>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "release", static _ => { }, static job => job.Status != JobStatus.Waiting, cancellationToken);

    /// <inheritdoc/>
    public async Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken)
    {
        using var body = new PooledJson();
        JobChangeWriter.Update(body, update);
        var call = new HttpCall(HttpMethod.Patch, $"/api/jobs/{id}", Repeat.Always) { Body = body };
        return await _channel.CallAsync(call, Answers.Json<JobView>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        for (var reset = false; ;)
        {
            var hold = JobWait.Shorter(wait - _options.TimeProvider.GetElapsedTime(started), _options.MaxHold);
            var path = new Query("/api/events/poll").Add("after", after).Add("limit", limit).AddWait(hold).ToString();
            var page = await _channel.CallAsync(HttpCall.Get(path, hold), Answers.Json<EventListView>(), cancellationToken).ConfigureAwait(false);
            reset |= page.Reset;
            if (job is not { } id) return page;

            // The contract polls all jobs; one job's events are picked out here. The stream of one job is picked out by the server.
            var own = page.Events.Where(one => one.Job == id).ToList();
            var isLast = page.Events.Count == 0 || (page.Events.Count < limit && hold <= TimeSpan.Zero);
            if (own.Count > 0 || isLast) return new EventListView(own, page.Next, reset);
            after = page.Next;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventListView> StreamEventsAsync(string? after, JobId? job, CancellationToken cancellationToken) =>
        _events.FollowAsync(after, job, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<QueueView>>("/api/queues", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken) =>
        GetAsync<QueueView>($"/api/queues/{Uri.EscapeDataString(queue)}", cancellationToken);

    /// <inheritdoc/>
    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        var path = $"/api/queues/{Uri.EscapeDataString(queue)}/{(paused ? "pause" : "resume")}";
        return _channel.CallAsync(new HttpCall(HttpMethod.Post, path, Repeat.Always), Answers.Json<QueueView>(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<TypeView>>("/api/types", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<PoolView>>("/api/pools", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<SiloView>>("/api/silos", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var path = $"/api/silos/{Uri.EscapeDataString(silo)}/{JsonNamingPolicy.CamelCase.ConvertName(order.ToString())}";
        return _channel.CallAsync(new HttpCall(HttpMethod.Post, path, Repeat.Always), Answers.Json<SiloView>(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken)
    {
        using var body = new PooledJson();
        using (var writer = new Utf8JsonWriter(body)) JsonSerializer.Serialize(writer, new StoreAcceptance(confirm), MolinoJson.Options);
        var call = new HttpCall(HttpMethod.Post, "/api/store/accept", Repeat.Always) { Body = body };
        return await _channel.CallAsync(call, Answers.Json<StoreView>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<HealthView> HealthAsync(CancellationToken cancellationToken)
    {
        var call = new HttpCall(HttpMethod.Get, "/health/ready", Repeat.Always) { Expected = HttpStatusCode.ServiceUnavailable };
        return _channel.CallAsync(call, Answers.Json<HealthView>(), cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _channel.Dispose();

    private static Repeat RepeatOf(JobSubmission submission) => submission.IdempotencyKey is null ? Repeat.IfNotDone : Repeat.Always;

    private static Repeat RepeatOf(IReadOnlyList<JobSubmission> submissions)
    {
        for (var i = 0; i < submissions.Count; i++)
        {
            if (submissions[i].IdempotencyKey is null) return Repeat.IfNotDone;
        }

        return Repeat.Always;
    }

    private static async Task<SubmitAnswer> ReadSubmitted(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(await Answers.Json<JobView>()(response, cancellationToken).ConfigureAwait(false), response.StatusCode == HttpStatusCode.OK);

    private static async Task<SubmitAnswer> ReadWaited(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // After a wait, 200 says only that the job ended; the header says whether it was known before.
        var duplicate = response.Headers.TryGetValues(DuplicateHeader, out var values) && values.Contains("true", StringComparer.OrdinalIgnoreCase);
        return new SubmitAnswer(await Answers.Json<JobView>()(response, cancellationToken).ConfigureAwait(false), duplicate);
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => _channel.CallAsync(HttpCall.Get(path), Answers.Json<T>(), cancellationToken);

    /// <summary>Asks for a change that is harmless to ask for twice: a refusal because it is done already is no refusal when an answer was lost before.</summary>
    private async Task<JobView> ChangeAsync(JobId id, string verb, Action<PooledJson> write, Func<JobView, bool> isDone, CancellationToken cancellationToken)
    {
        using var body = new PooledJson();
        write(body);
        var call = new HttpCall(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{id}/{verb}"), Repeat.Always)
        {
            Body = body.Written.IsEmpty ? null : body,
        };
        try
        {
            return await _channel.CallAsync(call, Answers.Json<JobView>(), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCodes.IllegalTransition && call.WasRepeated)
        {
            var job = await _wait.GetAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            if (isDone(job)) return job;
            throw;
        }
    }
}
