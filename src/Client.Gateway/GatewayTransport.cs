using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Molino.Client.Gateway;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>Molino over a silo's gateway. Thread-safe; keep one for the life of the program. Connects with the first call, to any silo that lives, and to the next when that one goes.</summary>
/// <remarks>
/// <para>The same calls are repeated as over HTTP (<see cref="HttpTransport"/>), for <see cref="MolinoGatewayOptions.RetryFor"/>, through whichever gateway is there; the others
/// throw <see cref="ErrorCodes.OutcomeUnknown"/> when the gateway is lost under them. A silo that stops in order sends its clients on first: no call fails.</para>
/// <para>Throws <see cref="JobSystemException"/> with <see cref="ClientErrorCodes.NotReachable"/> when no gateway answers, <see cref="ClientErrorCodes.Unauthorized"/> when the secret is
/// another, <see cref="RefusedException"/> or <see cref="JobValidationException"/> with the silo's code when it refuses.</para>
/// </remarks>
public sealed class GatewayTransport : IMolinoTransport, IAsyncDisposable, IDisposable
{
    private readonly GatewaySession _session;
    private readonly GatewayCalls _calls;
    private readonly GatewayWait _wait;
    private readonly GatewayResults _results;
    private readonly TimeProvider _time;

    /// <summary>Creates a transport; connects with the first call.</summary>
    /// <param name="options">Where and how; not changed afterwards.</param>
    /// <param name="loggers">Where the connection's log goes; null for nowhere.</param>
    /// <exception cref="JobValidationException">An option cannot be used.</exception>
    public GatewayTransport(MolinoGatewayOptions options, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _session = new GatewaySession(options, loggers);
        _calls = new GatewayCalls(_session, options);
        _wait = new GatewayWait(_calls, options);
        _results = new GatewayResults(_session, _calls, options);
        _time = options.TimeProvider;
    }

    /// <summary>Connects now instead of with the first call.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException">No gateway could be used, and why.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default) => await _session.GatewayAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var job = Portable.Of(submission);
        var hold = _wait.HoldOf(wait);
        var answer = await _calls.CallAsync("a submit", RepeatOf(job), (gateway, _) => gateway.SubmitAsync(job, hold, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (wait <= TimeSpan.Zero || answer.Job.IsTerminal) return answer;
        var left = wait - _time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero) return answer;
        return answer with { Job = await _wait.GetAsync(answer.Job.Id, left, cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobId>> SubmitBatchAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        var jobs = Portable.Of(submissions);
        return await _calls.CallAsync("a batch", RepeatOf(jobs), (gateway, _) => gateway.SubmitBatchAsync(jobs, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BatchItemAnswer>> SubmitEachAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        var jobs = Portable.Of(submissions);
        return await _calls.CallAsync("a batch", RepeatOf(jobs), (gateway, _) => gateway.SubmitEachAsync(jobs, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JobView> GetJobAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken) => _wait.GetAsync(id, wait, cancellationToken);

    /// <inheritdoc/>
    public Task<JobListView> ListJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _calls.CallAsync("a list of jobs", Repeat.Always, (gateway, _) => gateway.ListJobsAsync(filter, cancellationToken), cancellationToken);
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
        _calls.CallAsync("the read of a log", Repeat.Always, (gateway, _) => gateway.ReadLogAsync(id, after, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) => ChangeAsync(
        "a cancel", id, gateway => gateway.CancelAsync(id, reason, cancellationToken), static job => job.CancelRequestedAt is not null, cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> RetryAsync(JobId id, RawJson? args, CancellationToken cancellationToken) =>
        _calls.CallAsync("a retry", Repeat.IfNotDone, (gateway, _) => gateway.RetryAsync(id, args, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> ReleaseAsync(JobId id, CancellationToken cancellationToken) => ChangeAsync(
        "a release", id, gateway => gateway.ReleaseAsync(id, cancellationToken), static job => job.Status != JobStatus.Waiting, cancellationToken);

    /// <inheritdoc/>
    public Task<JobView> UpdateAsync(JobId id, JobUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _calls.CallAsync("a change", Repeat.Always, (gateway, _) => gateway.UpdateAsync(id, update, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<EventListView> ReadEventsAsync(string? after, int limit, JobId? job, TimeSpan wait, CancellationToken cancellationToken)
    {
        var hold = _wait.HoldOf(wait);
        return _calls.CallAsync("the read of events", Repeat.Always, (gateway, _) => gateway.ReadEventsAsync(after, limit, job, hold, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EventListView> StreamEventsAsync(string? after, JobId? job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A cursor first: without one, what happens between a lost gateway and the next would be missed.
        var cursor = after ?? (await ReadEventsAsync(null, 1, job, TimeSpan.Zero, cancellationToken).ConfigureAwait(false)).Next;
        await foreach (var page in EventPolling.FollowAsync(this, cursor, job, cancellationToken).ConfigureAwait(false)) yield return page;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken) =>
        await _calls.CallAsync("the read of queues", Repeat.Always, (gateway, _) => gateway.QueuesAsync(cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return _calls.CallAsync("the read of a queue", Repeat.Always, (gateway, _) => gateway.QueueAsync(queue, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return _calls.CallAsync("a pause", Repeat.Always, (gateway, _) => gateway.SetQueuePausedAsync(queue, paused, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = await _calls.CallAsync("the read of job types", Repeat.Always, (gateway, _) => gateway.TypesAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(types, static type => type.ToView());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoolView>> PoolsAsync(CancellationToken cancellationToken) =>
        await _calls.CallAsync("the read of pools", Repeat.Always, (gateway, _) => gateway.PoolsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) =>
        await _calls.CallAsync("the read of silos", Repeat.Always, (gateway, _) => gateway.SilosAsync(cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<SiloView> OrderSiloAsync(string silo, SiloOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(silo);
        return _calls.CallAsync("an order", Repeat.Always, (gateway, _) => gateway.OrderSiloAsync(silo, order, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoreView> AcceptStoreAsync(string confirm, CancellationToken cancellationToken) =>
        _calls.CallAsync("the acceptance of a store", Repeat.Always, (gateway, _) => gateway.AcceptStoreAsync(confirm, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<HealthView> HealthAsync(CancellationToken cancellationToken) =>
        _calls.CallAsync("the read of health", Repeat.Always, (gateway, _) => gateway.HealthAsync(cancellationToken), cancellationToken);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>Begins to close the connection; <see cref="DisposeAsync"/> waits until it is closed.</summary>
    public void Dispose() => _ = _session.DisposeAsync().AsTask();

    private static Repeat RepeatOf(JobSubmission submission) => submission.IdempotencyKey is null ? Repeat.IfNotDone : Repeat.Always;

    private static Repeat RepeatOf(JobSubmission[] submissions) =>
        Array.TrueForAll(submissions, static submission => submission.IdempotencyKey is not null) ? Repeat.Always : Repeat.IfNotDone;

    /// <summary>Asks for a change that is harmless to ask for twice: a refusal because it is done already is no refusal when an answer was lost before.</summary>
    private async Task<JobView> ChangeAsync(string name, JobId id, Func<IGatewayGrain, Task<JobView>> change, Func<JobView, bool> isDone, CancellationToken cancellationToken)
    {
        var wasRepeated = false;
        try
        {
            return await _calls.CallAsync(
                name,
                Repeat.Always,
                (gateway, again) =>
                {
                    wasRepeated = again;
                    return change(gateway);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCodes.IllegalTransition && wasRepeated)
        {
            var job = await _wait.GetAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            if (isDone(job)) return job;
            throw;
        }
    }
}
