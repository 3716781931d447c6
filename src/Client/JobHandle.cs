using System.Runtime.CompilerServices;
using System.Text.Json;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>A job that was submitted, like Celery's <c>AsyncResult</c>. Holds no state: every question is asked anew.</summary>
public sealed class JobHandle
{
    private static readonly TimeSpan LogHold = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EarlyAnswer = TimeSpan.FromMilliseconds(100); // a silo that drains ends waits at once: do not ask it in a tight loop
    private static readonly TimeSpan WaitStep = TimeSpan.FromHours(1); // the longest that a transport takes

    private readonly IMolinoTransport _transport;
    private readonly TimeProvider _timeProvider;

    internal JobHandle(MolinoClient client, TimeProvider timeProvider, JobId id, bool isDuplicate)
    {
        _transport = client.Transport;
        _timeProvider = timeProvider;
        Id = id;
        IsDuplicate = isDuplicate;
    }

    /// <summary>The job's id.</summary>
    public JobId Id { get; }

    /// <summary>Whether the submit's idempotency key was known, so that this is the job of an earlier submit.</summary>
    public bool IsDuplicate { get; }

    /// <summary>All there is to know about the job.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> ViewAsync(CancellationToken cancellationToken = default) => _transport.GetJobAsync(Id, TimeSpan.Zero, cancellationToken);

    /// <summary>The job's state.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<JobStatus> StatusAsync(CancellationToken cancellationToken = default) => (await ViewAsync(cancellationToken).ConfigureAwait(false)).Status;

    /// <summary>Whether the job has ended: succeeded, failed, cancelled or expired.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<bool> ReadyAsync(CancellationToken cancellationToken = default) => (await StatusAsync(cancellationToken).ConfigureAwait(false)).IsTerminal();

    /// <summary>Whether the job has succeeded.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<bool> IsSuccessfulAsync(CancellationToken cancellationToken = default) =>
        await StatusAsync(cancellationToken).ConfigureAwait(false) == JobStatus.Succeeded;

    /// <summary>Whether the job has failed for good.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<bool> IsFailedAsync(CancellationToken cancellationToken = default) =>
        await StatusAsync(cancellationToken).ConfigureAwait(false) == JobStatus.Failed;

    /// <summary>The last attempt's error; its detail holds the stack trace (Celery's <c>traceback</c>). Null when there was none.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<JobError?> ErrorAsync(CancellationToken cancellationToken = default) => (await ViewAsync(cancellationToken).ConfigureAwait(false)).Error;

    /// <summary>How far the job has come; null when its handler has not said.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<ProgressView?> ProgressAsync(CancellationToken cancellationToken = default) =>
        (await ViewAsync(cancellationToken).ConfigureAwait(false)).Progress;

    /// <summary>Waits for the job's end, however it ends.</summary>
    /// <param name="timeout">How long; null for as long as it takes.</param>
    /// <param name="cancellationToken">Stops the wait, not the job.</param>
    /// <exception cref="JobTimeoutException">The wait was over before the job was.</exception>
    public async Task<JobView> WaitAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var started = _timeProvider.GetTimestamp();
        while (true)
        {
            var left = timeout - _timeProvider.GetElapsedTime(started);
            var asked = _timeProvider.GetTimestamp();
            var job = await _transport.GetJobAsync(Id, JobWait.Shorter(left ?? WaitStep, WaitStep), cancellationToken).ConfigureAwait(false);
            if (job.IsTerminal) return job;
            if (timeout is { } limit && _timeProvider.GetElapsedTime(started) >= limit) throw new JobTimeoutException(Id, job.Status, limit);
            if (_timeProvider.GetElapsedTime(asked) < EarlyAnswer) await Task.Delay(EarlyAnswer, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the job's result and reads it; members that the type lacks are passed over.</summary>
    /// <typeparam name="TResult">What to read the result's JSON as.</typeparam>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Stops the wait, not the job.</param>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobExpiredException">The job was not started in time.</exception>
    /// <exception cref="JobTimeoutException">The wait was over before the job was.</exception>
    /// <exception cref="JsonException">The result is of another shape.</exception>
    public async Task<TResult?> ResultAsync<TResult>(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var job = await WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        JobOutcome.ThrowUnlessSucceeded(job, timeout ?? TimeSpan.Zero);
        if (job.Result is { IsEmpty: false } result) return result.To<TResult>();
        var opened = await _transport.OpenResultAsync(Id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await using var _ = opened.ConfigureAwait(false);
        JobOutcome.ThrowUnlessSucceeded(opened.Job, timeout ?? TimeSpan.Zero);
        return opened.Content is null
            ? default
            : await JsonSerializer.DeserializeAsync<TResult>(opened.Content, MolinoJson.Results, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the result as it was stored; for large results and other media types.</summary>
    /// <param name="timeout">How long to wait for the job's end; zero for not at all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public Task<JobResultContent> OpenResultAsync(TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        _transport.OpenResultAsync(Id, timeout, cancellationToken);

    /// <summary>Asks the job to stop. One that has not started is cancelled at once.</summary>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> CancelAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        _transport.CancelAsync(Id, reason, cancellationToken);

    /// <summary>Sends the failed job back to its queue with the arguments that it had.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> RetryAsync(CancellationToken cancellationToken = default) => _transport.RetryAsync(Id, null, cancellationToken);

    /// <summary>Sends the failed job back to its queue with other arguments.</summary>
    /// <typeparam name="TArgs">The arguments type.</typeparam>
    /// <param name="args">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> RetryWithAsync<TArgs>(TArgs args, CancellationToken cancellationToken = default)
        where TArgs : notnull => _transport.RetryAsync(Id, RawJson.From(args), cancellationToken);

    /// <summary>Releases the held job.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> ReleaseAsync(CancellationToken cancellationToken = default) => _transport.ReleaseAsync(Id, cancellationToken);

    /// <summary>Changes the job, if it has not started.</summary>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<JobView> UpdateAsync(JobUpdate update, CancellationToken cancellationToken = default) => _transport.UpdateAsync(Id, update, cancellationToken);

    /// <summary>Follows the job: its view now, and again after every event or group of events, until it has ended.</summary>
    /// <param name="cancellationToken">Stops the watch.</param>
    public async IAsyncEnumerable<JobView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The cursor first: what happens between it and the first view comes again as an event instead of being missed.
        var start = await _transport.ReadEventsAsync(null, 1, Id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var job = await ViewAsync(cancellationToken).ConfigureAwait(false);
        yield return job;
        if (job.IsTerminal) yield break;
        await foreach (var _ in _transport.StreamEventsAsync(start.Next, Id, cancellationToken).ConfigureAwait(false))
        {
            job = await ViewAsync(cancellationToken).ConfigureAwait(false);
            yield return job;
            if (job.IsTerminal) yield break;
        }
    }

    /// <summary>Follows the job's events from now on, until it has ended.</summary>
    /// <param name="after">Id of the last event known; null for what is new from now on; <c>"0:0"</c> for all that are kept.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public async IAsyncEnumerable<EventView> EventsAsync(string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in _transport.StreamEventsAsync(after, Id, cancellationToken).ConfigureAwait(false))
        {
            foreach (var one in page.Events) yield return one;
            if (!page.Events.Any(static one => one.Status.IsTerminal())) continue;
            if (await ReadyAsync(cancellationToken).ConfigureAwait(false)) yield break; // unless it was sent back to its queue since
        }
    }

    /// <summary>Reads the job's log.</summary>
    /// <param name="follow">Whether to go on until the job has ended; else only what is there now.</param>
    /// <param name="after">Number of the last line known; 0 for all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async IAsyncEnumerable<LogLine> LogAsync(bool follow = false, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await _transport.ReadLogAsync(Id, after, JobFilter.MaxLimit, cancellationToken).ConfigureAwait(false);
            foreach (var line in page.Lines) yield return line;
            var more = page.Lines.Count > 0 && page.Next > after;
            after = page.Next;
            if (more) continue;
            if (page.Finished || !follow) yield break;
            await _transport.GetJobAsync(Id, LogHold, cancellationToken).ConfigureAwait(false); // returns at once when the job ends
        }
    }
}
