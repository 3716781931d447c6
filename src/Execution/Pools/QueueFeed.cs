using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>
/// Feeds a pool from one queue. Ends of attempts and the request for the slots they freed travel together and share a commit;
/// what gathers while a pull is under way goes with the next, so that batches grow with load and never wait for it.
/// </summary>
internal sealed partial class QueueFeed : IDisposable
{
    /// <summary>When a job that is due was not given, it is asked for again after this: silo and store may differ about the time by less.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private readonly Pool _pool;
    private readonly string _queue;
    private readonly PoolServices _services;
    private readonly ILogger _log;
    private readonly TimeSpan? _aging;
    private readonly AsyncSignal _signal = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private List<JobChange> _completions = [];
    private List<JobChange> _sent = [];
    private Task _loop = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;
    private DateTimeOffset _toldDue;
    private long _toldAt;
    private volatile bool _hungry = true;
    private volatile bool _rung;
    private volatile bool _stalled;
    private volatile bool _waitsForSlot;
    private volatile bool _heard;
    private volatile bool _paused;
    private bool _resumed;
    private bool _passedOn;

    public QueueFeed(Pool pool, string queue, PoolServices services)
    {
        _pool = pool;
        _queue = queue;
        _services = services;
        _aging = services.Bells.OptionsOf(queue).Aging;
        _log = services.Loggers.CreateLogger<QueueFeed>();
    }

    /// <summary>Whether the queue has jobs and the feed waits for a slot.</summary>
    public bool WaitsForSlot => _waitsForSlot;

    /// <summary>Whether the queue may have jobs that the feed wants slots for.</summary>
    public bool IsHungry => _hungry;

    /// <summary>When slots were taken last, as the pool counts; guarded by the pool.</summary>
    public long ServedAt { get; set; }

    /// <summary>Whether the last pull was refused by the store.</summary>
    public bool IsStalled => _stalled;

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Whether the end of a job's attempt waits here to be stored, or is being stored.</summary>
    public bool Holds(JobId job)
    {
        lock (_gate) return _completions.Exists(change => change.Job == job) || _sent.Exists(change => change.Job == job);
    }

    /// <summary>Whether any end of an attempt waits here to be stored, or is being stored.</summary>
    public bool HoldsEnds
    {
        get
        {
            lock (_gate) return _completions.Count + _sent.Count > 0;
        }
    }

    public void Wake() => _signal.Set();

    /// <summary>
    /// A job for the queue is on its way into the store, ahead of any pull that begins now. Goes on with the feed's work. Of a queue that was found paused
    /// nothing is asked until it is resumed, or the feed looks by itself after a while.
    /// </summary>
    /// <param name="isResumed">Whether the queue may have been paused until now.</param>
    public void Ring(bool isResumed)
    {
        if (isResumed)
        {
            lock (_gate)
            {
                _resumed = true;
                _paused = false;
            }
        }

        if (_paused) return;
        _rung = true;
        _hungry = true;
        _signal.SetAndRun();
    }

    /// <summary>Takes the end of an attempt, to be stored with the next pull.</summary>
    public void Complete(JobChange change)
    {
        lock (_gate) _completions.Add(change);
        _signal.SetAndRun(); // the attempt's thread has nothing left to do
    }

    /// <summary>Stores what is left and ends the loop.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _signal.Set();
        await _loop.ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync()
    {
        while (true)
        {
            var stopping = _stop.IsCancellationRequested; // read before the completions: what came until then is stored
            var completions = TakeCompletions();
            var slots = _hungry && !stopping ? _pool.TakeSlots(this) : 0;
            if (slots == 0 && completions.Count == 0)
            {
                if (stopping) return;
                await WaitAsync().ConfigureAwait(false);
                continue;
            }

            if (!await (slots > 0 ? PullAsync(slots, completions) : StoreAsync(completions)).ConfigureAwait(false))
            {
                if (stopping) return;
                await Task.Delay(_services.Options.RetryStoreAfter, _services.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> PullAsync(int slots, List<JobChange> completions)
    {
        try
        {
            var request = new LeaseRequest(_queue, slots, _services.Silo.Id, _pool.Name, completions, _aging);
            var askedAt = _services.Time.GetTimestamp();
            _rung = false; // what rang until now is found by this pull
            lock (_gate) _resumed = false;
            var result = await _services.Jobs.LeaseAsync(request, CancellationToken.None).ConfigureAwait(false);
            _stalled = false;
            if (!result.MoreReady) _passedOn = false;
            lock (_gate) _paused = result.IsPaused && !_resumed;
            _hungry = result.MoreReady;
            if (_rung && !_paused) _hungry = true;
            if (result.NextDueAt is { } due) TellDue(due);
            foreach (var job in result.Jobs) _pool.Begin(job, askedAt);
            _pool.ReturnSlots(slots - result.Jobs.Count, this);
            Judge(completions, result.Completions);
            return true;
        }
        catch (Exception error)
        {
            Stall(error, completions);
            _pool.ReturnSlots(slots, this);
            return false;
        }
    }

    /// <summary>Stores ends of attempts while the queue is not asked for jobs: it was seen empty, or no slot is free.</summary>
    private async Task<bool> StoreAsync(List<JobChange> completions)
    {
        try
        {
            var results = await _services.Jobs.ApplyAsync(completions, allOrNothing: false, CancellationToken.None).ConfigureAwait(false);
            _stalled = false;
            Judge(completions, results);
            return true;
        }
        catch (Exception error)
        {
            Stall(error, completions);
            return false;
        }
    }

    /// <summary>The store did not answer: the ends of attempts are stored with the next try.</summary>
    private void Stall(Exception error, List<JobChange> completions)
    {
        _stalled = true;
        LogPullFailed(_log, error, _pool.Name, _queue, completions.Count);
        lock (_gate) _completions.InsertRange(0, completions);
    }

    /// <summary>
    /// The queue's bell rings when its next job is due. It is told again after each ring, since it knows one time only and that may have been it, and from
    /// time to time, since its grain may have moved and forgotten.
    /// </summary>
    private void TellDue(DateTimeOffset due)
    {
        if (due == _toldDue && !_heard && _services.Time.GetElapsedTime(_toldAt) < _services.Options.Announce) return;
        _heard = false;
        _toldDue = due;
        _toldAt = _services.Time.GetTimestamp();
        var now = _services.Time.GetUtcNow();
        _services.Bells.RingAt(_queue, due > now ? due : now + Soon);
    }

    /// <summary>Waits for a completion, a slot, or the queue's bell; without any of them, looks again after a second.</summary>
    private async Task WaitAsync()
    {
        if (_hungry)
        {
            PassOn();
            _waitsForSlot = true; // jobs are there: a slot is what is missing
            await _signal.WaitAsync().ConfigureAwait(false);
            _waitsForSlot = false;
            return;
        }

        if (_listening.IsCompleted)
        {
            _listening = ListenAsync();
            _ = _listening.ContinueWith(OnListened, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        await _signal.WaitAsync().ConfigureAwait(false);
    }

    private async Task ListenAsync()
    {
        try
        {
            if (await _services.Bells.ListenAsync(_queue, _services.Silo.Id, _services.Options.Announce).ConfigureAwait(false)) _heard = true;
        }
        catch (Exception error)
        {
            // The bell's silo is away, or this one is stopping. Jobs are found by asking until the bell has moved.
            LogBellAway(_log, _queue, error.Message);
            await Task.Delay(_services.Options.RetryStoreAfter, _services.Time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Also when the wait was over without a ring the queue is asked again, in case one was lost.</summary>
    private void OnListened(Task listening) => Ring(isResumed: true);

    /// <summary>There are jobs that this pool has no slot for: another silo may have. Once, until the queue was seen empty again: who is woken passes on too.</summary>
    private void PassOn()
    {
        if (_passedOn || !_services.Jobs.IsShared) return;
        _passedOn = true;
        _services.Bells.Ring(_queue);
    }

    private List<JobChange> TakeCompletions()
    {
        lock (_gate)
        {
            _sent = [];
            if (_completions.Count == 0) return _sent;
            _sent = _completions;
            _completions = [];
            return _sent;
        }
    }

    private void Judge(List<JobChange> completions, IReadOnlyList<ChangeResult> answers)
    {
        for (var i = 0; i < completions.Count; i++)
        {
            if (!answers[i].IsStored) LogRefused(_log, completions[i].Job, completions[i].Event.Kind, answers[i].Outcome);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "Pool {Pool} could not pull from queue {Queue}; {Completions} ends of attempts wait.")]
    private static partial void LogPullFailed(ILogger log, Exception error, string pool, string queue, int completions);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Debug, Message = "The bell of queue {Queue} cannot be heard: {Reason}")]
    private static partial void LogBellAway(ILogger log, string queue, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The store refused {Kind} of job {Job}: {Outcome}.")]
    private static partial void LogRefused(ILogger log, JobId job, JobEventKind kind, ChangeOutcome outcome);
}
