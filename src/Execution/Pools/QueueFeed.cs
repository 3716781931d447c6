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
    private readonly Pool _pool;
    private readonly string _queue;
    private readonly PoolServices _services;
    private readonly IQueueGrain _grain;
    private readonly ILogger _log;
    private readonly AsyncSignal _signal = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private List<JobChange> _completions = [];
    private List<JobChange> _sent = [];
    private Task _loop = Task.CompletedTask;
    private Task<QueueBell>? _listening;
    private long _bell = -1;
    private DateTimeOffset _toldDue;
    private volatile bool _hungry = true;
    private volatile bool _rung;
    private volatile bool _stalled;
    private volatile bool _waitsForSlot;

    public QueueFeed(Pool pool, string queue, PoolServices services)
    {
        _pool = pool;
        _queue = queue;
        _services = services;
        _grain = services.Grains.GetGrain<IQueueGrain>(queue);
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

    public void Wake() => _signal.Set();

    /// <summary>A job for the queue is on its way into the store, ahead of any pull that begins now. Goes on with the feed's work.</summary>
    public void Ring()
    {
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

            if (!await PullAsync(slots, completions).ConfigureAwait(false))
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
            var heard = _listening is { IsCompletedSuccessfully: true } bell ? await bell.ConfigureAwait(false) : default;
            if (heard.Rung) _bell = heard.Version;
            var request = new LeaseRequest(_queue, slots, _services.Silo.Id, _pool.Name, completions);
            _rung = false; // what rang until now is found by this pull
            var result = slots > 0
                ? await _grain.PullAsync(request).ConfigureAwait(false)
                : await _services.Jobs.LeaseAsync(request, CancellationToken.None).ConfigureAwait(false); // ends alone are no matter of the queue's policy
            _stalled = false;
            _hungry = result.MoreReady || (slots == 0 && _hungry);
            if (_rung) _hungry = true;
            if (slots == 0 && result.NextDueAt is { } due) TellDue(due);
            foreach (var job in result.Jobs) _pool.Begin(job);
            _pool.ReturnSlots(slots - result.Jobs.Count, this);
            Judge(completions, result.Completions);
            return true;
        }
        catch (Exception error)
        {
            _stalled = true;
            LogPullFailed(_log, error, _pool.Name, _queue, completions.Count);
            lock (_gate) _completions.InsertRange(0, completions);
            _pool.ReturnSlots(slots, this);
            return false;
        }
    }

    /// <summary>A retry may be due before all else: the queue sets its timer. Of pulls it hears this itself.</summary>
    private void TellDue(DateTimeOffset due)
    {
        if (due == _toldDue) return;
        _toldDue = due;
        _ = _grain.RingAsync(new QueueRing(due));
    }

    /// <summary>Waits for a completion, a slot, or the queue's bell; without any of them, looks again after a second.</summary>
    private async Task WaitAsync()
    {
        if (_hungry)
        {
            _waitsForSlot = true; // jobs are there: a slot is what is missing
            await _signal.WaitAsync().ConfigureAwait(false);
            _waitsForSlot = false;
            return;
        }

        if (_listening is null || _listening.IsCompleted)
        {
            _listening = _grain.ListenAsync(_bell, _services.Options.Announce);
            _ = _listening.ContinueWith(OnListened, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        await _signal.WaitAsync().ConfigureAwait(false);
    }

    private void OnListened(Task<QueueBell> listening)
    {
        _hungry = true; // also when the wait was over: the queue is asked again, in case a ring was lost
        _signal.SetAndRun();
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

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The store refused {Kind} of job {Job}: {Outcome}.")]
    private static partial void LogRefused(ILogger log, JobId job, JobEventKind kind, ChangeOutcome outcome);
}
