using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>A pool: so many slots, filled by its feeds from the queues it serves, and the attempts that run in them.</summary>
internal sealed partial class Pool : IAsyncDisposable
{
    private readonly PoolServices _services;
    private readonly IAttemptRunner _runner;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<JobId, RunningAttempt> _running = new();
    private readonly ConcurrentDictionary<string, QueueFeed> _feeds = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _free;
    private int _asked;
    private int _lost;
    private long _completed;
    private long _served;
    private bool _draining;
    private bool _emptied;

    public Pool(string name, PoolOptions options, IAttemptRunner runner, PoolServices services)
    {
        Name = name;
        Options = options;
        _runner = runner;
        _services = services;
        _free = options.Concurrency;
        _log = services.Loggers.CreateLogger<Pool>();
    }

    public string Name { get; }

    public PoolOptions Options { get; }

    /// <summary>Whether nothing runs here.</summary>
    public bool IsIdle => _running.IsEmpty;

    /// <summary>Attempts that run here.</summary>
    public IReadOnlyDictionary<JobId, RunningAttempt> Running => _running;

    /// <summary>Slots held by handlers that were abandoned.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Attempts ended since the start.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Whether a feed could not reach the store at its last try.</summary>
    public bool IsStalled => _feeds.Values.Any(feed => feed.IsStalled);

    /// <summary>Whether no more work is taken.</summary>
    public bool IsDraining => Volatile.Read(ref _draining);

    /// <summary>Whether attempts here can be ended from outside.</summary>
    public bool CanKill => _runner.CanKill;

    /// <summary>Whether a job runs here, or its end waits to be stored.</summary>
    public bool Knows(JobId job) => _running.ContainsKey(job) || _feeds.Values.Any(feed => feed.Holds(job));

    public bool Serves(string queue) => Options.Queues.Count == 0 || Options.Queues.Contains(queue);

    public Task StartAsync(CancellationToken cancellationToken) => _runner.StartAsync(cancellationToken);

    /// <summary>Starts to pull from a queue, once.</summary>
    public void Serve(string queue)
    {
        if (!Serves(queue) || _feeds.ContainsKey(queue) || IsDraining) return;
        var feed = new QueueFeed(this, queue, _services);
        if (_feeds.TryAdd(queue, feed)) feed.Start();
    }

    /// <summary>Wakes the feed of a queue, if it is served.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="isResumed">Whether it was paused until now.</param>
    /// <returns>Whether at least half of the slots are free: then the job is best taken here, else other silos should hear of it too.</returns>
    public bool Ring(string queue, bool isResumed)
    {
        if (!_feeds.TryGetValue(queue, out var feed)) return false;
        feed.Ring(isResumed);
        lock (_gate)
        {
            var open = _free + _asked; // a pull that is under way asks for all free slots, and is followed by one that finds the job
            return !_draining && open > 0 && open * 2 >= Options.Concurrency;
        }
    }

    /// <summary>
    /// Takes free slots to ask a queue for; each is asked of one queue at a time. One slot is left for every feed that waits for a slot
    /// and was served longer ago, so that a queue with a backlog does not starve the others.
    /// </summary>
    public int TakeSlots(QueueFeed feed)
    {
        List<QueueFeed>? before = null;
        int taken;
        lock (_gate)
        {
            if (_draining || _free == 0) return 0;
            if (_feeds.Count > 1)
            {
                foreach (var (_, other) in _feeds)
                {
                    if (other != feed && other.WaitsForSlot && other.ServedAt < feed.ServedAt && (before?.Count ?? 0) < _free) (before ??= []).Add(other);
                }
            }

            taken = _free - (before?.Count ?? 0);
            _free -= taken;
            _asked += taken;
            if (taken > 0) feed.ServedAt = ++_served;
        }

        if (before is not null)
        {
            foreach (var other in before) other.Wake();
        }

        return taken;
    }

    /// <summary>Gives back slots for which a queue had no job, and wakes the other feeds, which may want them.</summary>
    public void ReturnSlots(int count, QueueFeed asker)
    {
        if (count == 0) return;
        lock (_gate) _asked -= count;
        Free(count, asker);
    }

    /// <summary>Starts a leased job in a slot that was taken for it.</summary>
    /// <param name="job">The job as leased.</param>
    /// <param name="askedAt">When its lease was asked for, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    public void Begin(Job job, long askedAt)
    {
        Start(job, askedAt);
        lock (_gate) _asked--; // last: until then a drain waits for it
    }

    private void Start(Job job, long askedAt)
    {
        if (!_services.Types.TryGet(job.Spec.Type, out var type))
        {
            var error = new JobError("UnknownType", $"No handler is registered for '{job.Spec.Type}' on silo {_services.Silo.Id}.");
            Complete(job, new JobEvent.AttemptFailed(_services.Time.GetUtcNow(), job.Token, error, Permanent: false, Jitter()));
            return;
        }

        var attempt = new RunningAttempt(_services, job, type, askedAt);
        RunningAttempt? displaced = null;
        _running.AddOrUpdate(job.Id, attempt, (_, known) =>
        {
            displaced = known;
            return attempt;
        });
        displaced?.Lose(); // its lease was taken away, and this one came before anybody noticed
        _services.Starts.Beat();
        _ = RunAsync(attempt);
    }

    /// <summary>Runs an attempt to its end and tells the queue's feed.</summary>
    private async Task RunAsync(RunningAttempt attempt)
    {
        var end = await RunHandlerAsync(attempt).ConfigureAwait(false);
        JobResult? result = null;
        if (end is AttemptEnd.Returned returned)
        {
            try
            {
                result = await StoreResultAsync(attempt, returned.Json).ConfigureAwait(false);
            }
            catch (Exception error) when (error is JobSystemException)
            {
                end = new AttemptEnd.Failed(new JobError((error as PermanentJobException)?.Type ?? "ResultNotStored", error.Message), error is PermanentJobException);
            }
        }

        await FlushAsync(attempt, last: true).ConfigureAwait(false);
        var change = AttemptOutcomes.EventFor(attempt.Job, end, attempt.StopReason, result, _services.Time.GetUtcNow(), end is AttemptEnd.Returned ? 0 : Jitter());
        if (end is AttemptEnd.Abandoned abandoned) KeepSlotUntil(attempt, abandoned.Handler);
        if (change is not null) Complete(attempt.Job, change, freesSlot: end is not AttemptEnd.Abandoned);
        else if (end is not AttemptEnd.Abandoned) Free(1);
        _running.TryRemove(KeyValuePair.Create(attempt.JobId, attempt)); // last: until then the lease is known here
    }

    /// <summary>Stores what an attempt has reported.</summary>
    public async Task FlushAsync(RunningAttempt attempt, bool last)
    {
        if (!attempt.Reports.IsDirty && !last) return;
        var (progress, lines) = attempt.Reports.Take(last);
        if (progress is null && lines.Count == 0) return;
        try
        {
            if (lines.Count > 0) await _services.Content.AppendLogAsync(attempt.JobId, lines, CancellationToken.None).ConfigureAwait(false);
            if (progress is not null)
                await _services.Jobs.ApplyAsync([new JobChange(attempt.JobId, new JobEvent.Progressed(_services.Time.GetUtcNow(), attempt.Job.Token, progress))], allOrNothing: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogReportLost(_log, error, attempt.JobId);
        }
    }

    /// <summary>Stops taking work.</summary>
    public void TakeNoMore()
    {
        lock (_gate) _draining = true;
    }

    /// <summary>Takes work again.</summary>
    public void TakeAgain()
    {
        lock (_gate) (_draining, _emptied) = (false, false);
        foreach (var (_, feed) in _feeds) feed.Wake();
    }

    /// <summary>
    /// Stops taking work for a while: waits for what runs, then hands back what can be stopped, and waits until all ends are stored. Ends early when work is taken again.
    /// </summary>
    public async Task EmptyAsync()
    {
        TakeNoMore();
        await UntilEmptyAsync(_services.Options.DrainTimeout, CancellationToken.None, whileDraining: true).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_draining) return;
            _emptied = true;
        }

        foreach (var attempt in _running.Values) attempt.Stop(StopReason.Draining);
        await UntilEmptyAsync(_services.Options.DrainGrace, CancellationToken.None).ConfigureAwait(false);
        if (CanKill) // else to hand back what still runs here would let it run twice
        {
            foreach (var attempt in _running.Values.Where(attempt => attempt.StopReason == StopReason.Draining)) attempt.End();
            await UntilEmptyAsync(_services.Options.DrainGrace, CancellationToken.None).ConfigureAwait(false);
        }

        await UntilAsync(() => _feeds.Values.All(feed => !feed.HoldsEnds), _services.Options.DrainGrace).ConfigureAwait(false);
    }

    /// <summary>Stops taking work for good, waits for what runs, then hands the rest back.</summary>
    public async Task DrainAsync(CancellationToken hurry)
    {
        TakeNoMore();
        var started = _services.Time.GetTimestamp();
        if (!_emptied) await UntilEmptyAsync(_services.Options.DrainTimeout, hurry).ConfigureAwait(false);
        foreach (var attempt in _running.Values) attempt.Stop(StopReason.Draining);
        await UntilEmptyAsync(_services.Options.DrainGrace, CancellationToken.None).ConfigureAwait(false);
        foreach (var attempt in _running.Values) attempt.End();
        await UntilEmptyAsync(_services.Options.DrainGrace, CancellationToken.None).ConfigureAwait(false);
        foreach (var feed in _feeds.Values) await feed.StopAsync().ConfigureAwait(false);
        var seconds = _services.Time.GetElapsedTime(started).TotalSeconds;
        LogDrained(_log, Name, seconds, _running.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds.Values) feed.Dispose();
        await _runner.DisposeAsync().ConfigureAwait(false);
    }

    private static double Jitter() => RandomNumberGenerator.GetInt32(1 << 30) / (double)(1 << 30);

    private Task UntilEmptyAsync(TimeSpan limit, CancellationToken hurry, bool whileDraining = false) =>
        UntilAsync(() => (Volatile.Read(ref _asked) == 0 && _running.IsEmpty) || hurry.IsCancellationRequested || (whileDraining && !IsDraining), limit);

    private async Task UntilAsync(Func<bool> isDone, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isDone() && Stopwatch.GetElapsedTime(started) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _services.Time, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<AttemptEnd> RunHandlerAsync(RunningAttempt attempt)
    {
        try
        {
            return await _runner.RunAsync(attempt, attempt.Kill).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogRunnerFailed(_log, error, attempt.JobId);
            return new AttemptEnd.Failed(new JobError(error.GetType().Name, error.Message, error.StackTrace), Permanent: false);
        }
    }

    /// <summary>A store that refuses for a while does not cost a result: it is offered again until the attempt must end.</summary>
    private async Task<JobResult> StoreResultAsync(RunningAttempt attempt, ReadOnlyMemory<byte> json)
    {
        while (true)
        {
            try
            {
                return await ResultStorage.StoreAsync(_services.Content, attempt, json, CancellationToken.None).ConfigureAwait(false);
            }
            catch (StoreException error) when (!attempt.Kill.IsCancellationRequested)
            {
                LogResultWaits(_log, error, attempt.JobId);
                await Task.Delay(_services.Options.RetryStoreAfter, _services.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Frees slots, and wakes the feeds that may want them.</summary>
    private void Free(int count, QueueFeed? except = null)
    {
        lock (_gate) _free += count;
        foreach (var (_, feed) in _feeds)
        {
            if (feed != except) feed.Wake();
        }
    }

    private void Complete(Job job, JobEvent change, bool freesSlot = true)
    {
        Interlocked.Increment(ref _completed);
        if (freesSlot)
        {
            lock (_gate) _free++;
        }

        var feed = _feeds.TryGetValue(job.Queue, out var own) ? own : _feeds.Values.First();
        if (_feeds.Count > 1 && freesSlot)
        {
            foreach (var (_, other) in _feeds)
            {
                if (other != feed && other.IsHungry) other.Wake(); // also one that is about to wait
            }
        }

        feed.Complete(new JobChange(job.Id, change)); // last: it goes on with the feed's work
    }

    private void KeepSlotUntil(RunningAttempt attempt, Task handler)
    {
        Interlocked.Increment(ref _lost);
        LogAbandoned(_log, attempt.JobId, attempt.Job.Spec.Type, attempt.StopReason);
        _ = handler.ContinueWith(
            _ =>
            {
                Interlocked.Decrement(ref _lost);
                Free(1);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Job {Job} ({Type}) ignores its stop ({Reason}); its slot is lost until the handler returns.")]
    private static partial void LogAbandoned(ILogger log, JobId job, string type, StopReason reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Progress or log of job {Job} could not be stored.")]
    private static partial void LogReportLost(ILogger log, Exception error, JobId job);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "The result of job {Job} could not be stored; trying again.")]
    private static partial void LogResultWaits(ILogger log, Exception error, JobId job);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "The runner failed at job {Job}.")]
    private static partial void LogRunnerFailed(ILogger log, Exception error, JobId job);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "Pool {Pool} drained in {Seconds:0.0} s; {Left} left behind.")]
    private static partial void LogDrained(ILogger log, string pool, double seconds, int left);
}
