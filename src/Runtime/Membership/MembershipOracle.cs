using Microsoft.Extensions.Options;
using Molino.Runtime.Observability;

namespace Molino.Runtime.Membership;

/// <summary>
/// Keeps this silo in the cluster: joins, beats, watches the beats of others, removes the dead, and notices its own removal. One
/// loop on the thread pool does it all, so that a silo whose pool is stuck stops beating and is removed.
/// </summary>
internal sealed class MembershipOracle : IMembership, IAsyncDisposable
{
    private readonly IMembershipTable _table;
    private readonly MembershipOptions _options;
    private readonly TimeProvider _time;
    private readonly ClusterLog _log;
    private readonly string _name;
    private readonly BeatWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(long Version, TaskCompletionSource Reached)> _waiting = [];
    private IMembershipListener? _listener;
    private string _address = string.Empty;
    private string _gateway = string.Empty;
    private TaskCompletionSource _hinted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _life = new();
    private Task _loop = Task.CompletedTask;
    private volatile ClusterView _view = ClusterView.None;
    private long _incarnation = -1;
    private long _counter;
    private long _lastBeat;
    private bool _tableAnswers = true;
    private int _isDisposed;

    public MembershipOracle(IMembershipTable table, IOptions<MembershipOptions> options, TimeProvider time, SiloSettings settings, ClusterLog log)
    {
        _table = table;
        _options = options.Value;
        _time = time;
        _log = log;
        _name = settings.Silo.SiloName;
        _watch = new BeatWatch(time, _options);
    }

    /// <inheritdoc/>
    public SiloKey Key => new(_name, Volatile.Read(ref _incarnation));

    /// <inheritdoc/>
    public bool MayWrite => Key.Incarnation > 0 && _time.GetElapsedTime(Volatile.Read(ref _lastBeat)) < _options.WritesAfterBeat;

    /// <inheritdoc/>
    public CancellationToken Life => _life.Token;

    /// <inheritdoc/>
    public ClusterView View => _view;

    /// <inheritdoc/>
    public async Task JoinAsync(IMembershipListener listener, string address, string gateway, CancellationToken cancellationToken)
    {
        _listener = listener;
        _address = address;
        _gateway = gateway;
        await JoinOnceAsync(cancellationToken);
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task StartLeavingAsync(CancellationToken cancellationToken) => ChangeAsync(document => MembershipChange.StartLeaving(document, Key), cancellationToken);

    /// <inheritdoc/>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await StopLoopAsync();
        var key = Key;
        if (key.Incarnation > 0)
        {
            await ChangeAsync(document => MembershipChange.Remove(document, [key]), cancellationToken);
        }

        EndLife();
    }

    /// <inheritdoc/>
    public void Hint(long version)
    {
        if (version > _view.Version)
        {
            lock (_lock)
            {
                _hinted.TrySetResult();
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReachAsync(long version, TimeSpan longest)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_view.Version >= version)
            {
                return;
            }

            _waiting.Add((version, source));
        }

        Hint(version);
        await source.Task.WaitAsync(longest, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!source.Task.IsCompleted)
        {
            lock (_lock)
            {
                _waiting.Remove((version, source));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await StopLoopAsync();
        _stop.Dispose();
        _life.Dispose();
    }

    private async Task StopLoopAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = _time.GetTimestamp();
            await LookAsync(cancellationToken);
            await WaitForNextAsync(_options.BeatPeriod - _time.GetElapsedTime(start), cancellationToken);
        }
    }

    /// <summary>Waits for the next beat, or for a hint that the document has changed.</summary>
    private async Task WaitForNextAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        Task hinted;
        lock (_lock)
        {
            hinted = _hinted.Task;
        }

        if (time > TimeSpan.Zero)
        {
            await hinted.WaitAsync(time, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (hinted.IsCompleted)
        {
            lock (_lock)
            {
                _hinted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Key.Incarnation < 0)
            {
                await JoinOnceAsync(cancellationToken);
            }

            await BeatAsync(cancellationToken);
            using var timeout = Timeout(cancellationToken);
            var seen = _view.Document; // before the read: what this silo writes meanwhile may be newer than what is read
            var snapshot = await _table.ReadAsync(timeout.Token);
            OnAnswer();
            await FollowAsync(snapshot, seen, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever the table throws, the loop goes on: that is how it heals.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _watch.OnNoAnswer();
            if (_tableAnswers)
            {
                _tableAnswers = false;
                _log.TableSilent(error, _name);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task FollowAsync(MembershipSnapshot snapshot, MembershipDocument seen, CancellationToken cancellationToken)
    {
        if (snapshot.Document.Find(Key) is null)
        {
            await OnRemovedAsync(snapshot.Document);
            return;
        }

        if (await CatchUpAsync(snapshot.Document, seen, cancellationToken) is not { } document)
        {
            return; // another silo has changed it: the next look decides
        }

        Show(document);
        var dead = _watch.Look(snapshot, Key);
        if (dead.Count > 0)
        {
            foreach (var member in dead)
            {
                _log.RemovingDead(_name, member.Key, _options.DeadAfter);
            }

            // Only what was looked at is changed: if the document is another one by now, the next look decides.
            var next = MembershipChange.Remove(document, [.. dead.Select(member => member.Key)]);
            if (await _table.TryWriteAsync(next, document.Version, cancellationToken))
            {
                Show(next);
            }
        }
    }

    /// <summary>
    /// Brings a table that lost its last writes past the versions that silos have seen. Versions order views, hand-overs and hints: they never go back, and
    /// none of them means two things.
    /// </summary>
    private async Task<MembershipDocument?> CatchUpAsync(MembershipDocument document, MembershipDocument seen, CancellationToken cancellationToken)
    {
        if (MembershipChange.IsBehind(document, seen))
        {
            _log.TableWentBack(_name, document.Version, seen.Version);
        }

        while (MembershipChange.IsBehind(document, seen))
        {
            var next = MembershipChange.CatchUp(document, seen);
            if (!await _table.TryWriteAsync(next, document.Version, cancellationToken))
            {
                return null;
            }

            document = next;
        }

        return document;
    }

    private async Task JoinOnceAsync(CancellationToken cancellationToken)
    {
        var joined = await ChangeAsync(document => MembershipChange.Join(document, _name, _address, _gateway), cancellationToken, show: false);
        var incarnation = joined.Members.Single(member => member.Name == _name).Incarnation;
        _life = new CancellationTokenSource();
        _counter = 0;
        Volatile.Write(ref _lastBeat, _time.GetTimestamp());
        Volatile.Write(ref _incarnation, incarnation);
        await BeatAsync(cancellationToken);
        _log.Joined(Key, joined.Version, joined.Members.Length);
        Show(joined);
    }

    private async Task OnRemovedAsync(MembershipDocument document)
    {
        var removed = Key;
        _log.Removed(removed, document.Version);
        EndLife();
        await _listener!.OnRemovedAsync(removed);
        Show(document);
    }

    private void EndLife()
    {
        Volatile.Write(ref _incarnation, -1);
        _life.Cancel();
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        using var timeout = Timeout(cancellationToken);
        await _table.BeatAsync(Key, ++_counter, timeout.Token);
        Volatile.Write(ref _lastBeat, start);
    }

    private async Task<MembershipDocument> ChangeAsync(Func<MembershipDocument, MembershipDocument> change, CancellationToken cancellationToken, bool show = true)
    {
        while (true)
        {
            var seen = _view.Document;
            if (await CatchUpAsync((await _table.ReadAsync(cancellationToken)).Document, seen, cancellationToken) is not { } before)
            {
                continue;
            }

            var after = change(before);
            if (ReferenceEquals(before, after) || await _table.TryWriteAsync(after, before.Version, cancellationToken))
            {
                if (show)
                {
                    Show(after);
                }

                return after;
            }
        }
    }

    private void OnAnswer()
    {
        if (!_tableAnswers)
        {
            _tableAnswers = true;
            _log.TableAnswers(_name);
        }
    }

    private void Show(MembershipDocument document)
    {
        lock (_lock)
        {
            var before = _view;
            if (document.Version <= before.Version)
            {
                return;
            }

            var after = new ClusterView(document);
            _listener!.Prepare(before, after);
            _view = after;
            _listener!.OnView(after);
            foreach (var (_, reached) in _waiting.Where(wait => wait.Version <= document.Version))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(wait => wait.Reached.Task.IsCompleted);
        }
    }

    private CancellationTokenSource Timeout(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(_options.DeadAfter / 2);
        return source;
    }
}
