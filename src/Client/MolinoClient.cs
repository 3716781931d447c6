using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>Submits jobs and follows them. Thread-safe; keep one for the life of the program.</summary>
/// <remarks>
/// Quick start:
/// <code>
/// [JobType("report.build")]
/// public sealed record BuildReport(string Month);
///
/// using var client = new MolinoClient("http://127.0.0.1:8080");
/// var job = await client.SubmitAsync(new BuildReport("2026-01"), new SubmitOptions { Priority = 8 });
/// var report = await job.ResultAsync&lt;string&gt;(TimeSpan.FromMinutes(1));
/// </code>
/// Every call throws <see cref="JobSystemException"/> with a stable code when it is refused or nobody answers; see <see cref="IMolinoTransport"/> and
/// <see cref="HttpTransport"/>.
/// </remarks>
public sealed class MolinoClient : IDisposable, IAsyncDisposable
{
    private readonly IDisposable? _owned;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a client over HTTP; connects with the first call.</summary>
    /// <param name="url">As in <see cref="MolinoClientOptions.Url"/>.</param>
    public MolinoClient(string url)
        : this(new MolinoClientOptions { Url = url })
    {
    }

    /// <summary>Creates a client over HTTP; connects with the first call.</summary>
    /// <param name="options">Where and how; not changed afterwards.</param>
    public MolinoClient(MolinoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var transport = new HttpTransport(options);
        (Transport, _owned, _timeProvider) = (transport, transport, options.TimeProvider);
    }

    /// <summary>Creates a client over any transport, such as the one inside a silo.</summary>
    /// <param name="transport">The transport; not disposed by the client.</param>
    /// <param name="timeProvider">The clock.</param>
    public MolinoClient(IMolinoTransport transport, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(timeProvider);
        (Transport, _timeProvider) = (transport, timeProvider);
    }

    /// <summary>Creates a client over a transport of its own.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="owned">The same, to be disposed with the client.</param>
    /// <param name="timeProvider">The clock.</param>
    internal MolinoClient(IMolinoTransport transport, IDisposable owned, TimeProvider timeProvider)
        : this(transport, timeProvider) => _owned = owned;

    /// <summary>What the client stands on, for calls that it does not wrap.</summary>
    public IMolinoTransport Transport { get; }

    /// <summary>Submits a job whose arguments type names the job type with <see cref="JobTypeAttribute"/>; durable when it returns.</summary>
    /// <typeparam name="TArgs">The arguments type.</typeparam>
    /// <param name="args">The arguments.</param>
    /// <param name="options">Queue, priority, time and so on; null for the type's defaults.</param>
    /// <param name="cancellationToken">Stops the call; the job may have been accepted.</param>
    public Task<JobHandle> SubmitAsync<TArgs>(TArgs args, SubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : notnull => SubmitAsync(JobTypeName<TArgs>.Get(), args, options, cancellationToken);

    /// <summary>Submits a job of a type named by text; durable when it returns.</summary>
    /// <typeparam name="TArgs">The arguments type.</typeparam>
    /// <param name="type">The job type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">Queue, priority, time and so on; null for the type's defaults.</param>
    /// <param name="cancellationToken">Stops the call; the job may have been accepted.</param>
    public Task<JobHandle> SubmitAsync<TArgs>(string type, TArgs args, SubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : notnull => SubmitAsync((options ?? new SubmitOptions()).ToSubmission(type, RawJson.From(args)), cancellationToken);

    /// <summary>Submits a job without arguments; durable when it returns.</summary>
    /// <param name="type">The job type.</param>
    /// <param name="options">Queue, priority, time and so on; null for the type's defaults.</param>
    /// <param name="cancellationToken">Stops the call; the job may have been accepted.</param>
    [OverloadResolutionPriority(1)] // options are never arguments
    public Task<JobHandle> SubmitAsync(string type, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync((options ?? new SubmitOptions()).ToSubmission(type, default), cancellationToken);

    /// <summary>Submits a job given as data; durable when it returns.</summary>
    /// <param name="submission">The job.</param>
    /// <param name="cancellationToken">Stops the call; the job may have been accepted.</param>
    [OverloadResolutionPriority(1)] // a submission is never arguments
    public async Task<JobHandle> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default)
    {
        var answer = await Transport.SubmitAsync(submission, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return new JobHandle(this, _timeProvider, answer.Job.Id, answer.Duplicate);
    }

    /// <summary>Submits jobs of one type: batches of up to 1,000, each all or nothing, one after the other.</summary>
    /// <typeparam name="TArgs">The arguments type, with <see cref="JobTypeAttribute"/>.</typeparam>
    /// <param name="args">The arguments of each job.</param>
    /// <param name="options">The same for all; an idempotency key is refused by the server, as it names one job.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The jobs, in order.</returns>
    /// <exception cref="PartialSubmitException">A batch after the first was refused or lost.</exception>
    public Task<IReadOnlyList<JobHandle>> SubmitManyAsync<TArgs>(
        IEnumerable<TArgs> args, SubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        options ??= new SubmitOptions();
        var type = JobTypeName<TArgs>.Get();
        return SubmitManyAsync([.. args.Select(each => options.ToSubmission(type, RawJson.From(each)))], cancellationToken);
    }

    /// <summary>Submits jobs given as data: batches of up to 1,000, each all or nothing, one after the other.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The jobs, in order.</returns>
    /// <exception cref="PartialSubmitException">A batch after the first was refused or lost.</exception>
    public async Task<IReadOnlyList<JobHandle>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        var ids = await BatchSubmit.RunAsync(Transport, submissions, cancellationToken).ConfigureAwait(false);
        return ids.ConvertAll(id => new JobHandle(this, _timeProvider, id, isDuplicate: false));
    }

    /// <summary>Submits a job and waits for its result, in one round trip when it is quick.</summary>
    /// <typeparam name="TArgs">The arguments type, with <see cref="JobTypeAttribute"/>.</typeparam>
    /// <typeparam name="TResult">What to read the result as.</typeparam>
    /// <param name="args">The arguments.</param>
    /// <param name="timeout">How long to wait for the end.</param>
    /// <param name="options">Queue, priority, time and so on; null for the type's defaults.</param>
    /// <param name="cancellationToken">Stops the wait, not the job.</param>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobExpiredException">The job was not started in time.</exception>
    /// <exception cref="JobTimeoutException">The wait was over before the job was.</exception>
    public async Task<TResult?> RunAsync<TArgs, TResult>(
        TArgs args, TimeSpan timeout, SubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : notnull
    {
        var submission = (options ?? new SubmitOptions()).ToSubmission(JobTypeName<TArgs>.Get(), RawJson.From(args));
        var answer = await Transport.SubmitAsync(submission, timeout, cancellationToken).ConfigureAwait(false);
        JobOutcome.ThrowUnlessSucceeded(answer.Job, timeout);
        return answer.Job.Result is { IsEmpty: false } result
            ? result.To<TResult>()
            : await Job(answer.Job.Id).ResultAsync<TResult>(timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A job known by its id; asks nobody.</summary>
    /// <param name="id">The id.</param>
    public JobHandle Job(JobId id) => new(this, _timeProvider, id, isDuplicate: false);

    /// <summary>Lists jobs, newest first, page after page as they are read.</summary>
    /// <param name="filter">Which; <see cref="JobFilter.Limit"/> is the size of a page. Null for all.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    public async IAsyncEnumerable<JobView> JobsAsync(JobFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new JobFilter();
        while (true)
        {
            var page = await Transport.ListJobsAsync(filter, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Items) yield return job;
            if (page.NextCursor is null) yield break;
            filter = filter with { Cursor = page.NextCursor };
        }
    }

    /// <summary>Follows the events of all jobs, without end.</summary>
    /// <param name="after">Id of the last event known (<see cref="EventView.Id"/>); null for what is new from now on; <c>"0:0"</c> for all that are kept.</param>
    /// <param name="onReset">Called when events may have been missed, before the next: read the state again.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public async IAsyncEnumerable<EventView> EventsAsync(
        string? after = null, Action? onReset = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in Transport.StreamEventsAsync(after, null, cancellationToken).ConfigureAwait(false))
        {
            if (page.Reset) onReset?.Invoke();
            foreach (var one in page.Events) yield return one;
        }
    }

    /// <summary>All queues, by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken = default) => Transport.QueuesAsync(cancellationToken);

    /// <summary>One queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken = default) => Transport.QueueAsync(queue, cancellationToken);

    /// <summary>Starts no more jobs of a queue until it is resumed; what runs goes on.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<QueueView> PauseQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        Transport.SetQueuePausedAsync(queue, paused: true, cancellationToken);

    /// <summary>Starts jobs of a queue again.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<QueueView> ResumeQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        Transport.SetQueuePausedAsync(queue, paused: false, cancellationToken);

    /// <summary>The registered job types, by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<IReadOnlyList<TypeView>> TypesAsync(CancellationToken cancellationToken = default) => Transport.TypesAsync(cancellationToken);

    /// <summary>Closes the connections that the client opened itself.</summary>
    public void Dispose() => _owned?.Dispose();

    /// <summary>Closes the connections that the client opened itself, and waits until they are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_owned is IAsyncDisposable owned) await owned.DisposeAsync().ConfigureAwait(false);
        else _owned?.Dispose();
    }
}
