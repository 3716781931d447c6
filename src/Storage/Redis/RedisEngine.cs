using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Health;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Notices;
using Molino.Storage.Redis.Reading;
using Molino.Storage.Redis.Scripts;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis;

/// <summary>The one open store behind all ports: connections, identity, names, writer, health.</summary>
internal sealed class RedisEngine : IStoreReplacement, IAsyncDisposable, IDisposable
{
    private readonly RedisStoreOptions _options;
    private readonly StoreIdentifier _identifier;
    private readonly ServerLook _look;
    private readonly ConcurrentDictionary<string, bool> _queues = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly SemaphoreSlim _confirming = new(1, 1);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private ICommitObserver[] _observers = [];
    private BatchWriter? _writer;
    private Task _looking = Task.CompletedTask;
    private long _head;
    private string? _silo;

    public RedisEngine(RedisStoreOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        Logger = logger;
        Time = time;
        Keys = new StoreKeys(options.Prefix);
        Names = new NameTable(Keys);
        Memory = new Watermark(options.MemoryHighPercent, time);
        Reader = new JobReader(this);
        var settings = ConnectionSettings.Parse(options.Connection, out var problem) ?? throw new ArgumentException(problem, nameof(options));
        var dialer = new Dialer(settings, options.Timeout);
        var name = "molino-" + options.Prefix;
        _identifier = new StoreIdentifier(this, options);
        _look = new ServerLook(this);
        Jobs = new RedisLink(async stop => await CheckedAsync(await dialer.OpenAsync(settings.Database, name, stop).ConfigureAwait(false)).ConfigureAwait(false), options.Timeout, Report);
        Content = Plain(options.ContentDatabase ?? settings.Database, "-content");
        HasStateApart = options.StateDatabase is { } number && number != settings.Database;
        Notices = new SiloNotices(this, (onMessage, stop) => dialer.OpenAsync(settings.Database, name + "-notices", stop, onMessage), options.Timeout);
        State = HasStateApart ? Plain(options.StateDatabase!.Value, "-state") : Jobs;

        RedisLink Plain(int database, string suffix) => new(
            async stop =>
            {
                var connection = await dialer.OpenAsync(database, name + suffix, stop).ConfigureAwait(false);
                await StoreScript.LoadAllAsync(connection).ConfigureAwait(false);
                return connection;
            },
            options.Timeout,
            _ => { });
    }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    public StoreKeys Keys { get; }

    public NameTable Names { get; }

    public JobReader Reader { get; }

    public JobCache Cache { get; } = new();

    public StoreHealth Health { get; } = new();

    /// <summary>To the database of jobs and events.</summary>
    public RedisLink Jobs { get; }

    /// <summary>To the database of large results.</summary>
    public RedisLink Content { get; }

    /// <summary>To the database of grain state.</summary>
    public RedisLink State { get; }

    /// <summary>What other silos tell this one.</summary>
    public SiloNotices Notices { get; }

    /// <summary>Whether grain state has a database of its own.</summary>
    public bool HasStateApart { get; }

    public StoreIdentity Identity => _identifier.Identity ?? throw NotOpen();

    /// <summary>This silo's name with its incarnation.</summary>
    public string Silo => _silo ?? throw NotOpen();

    /// <summary>Number of the newest event that this process knows of.</summary>
    public long Head => Volatile.Read(ref _head);

    public bool IsObserved => _observers.Length > 0;

    /// <summary>Whether the server has so little memory left that new jobs are refused. Looked at once a second.</summary>
    public Watermark Memory { get; }

    /// <summary>How the store is; a full server is not ready for new jobs, and one that is close to it says so.</summary>
    public StoreCondition Condition => Memory.Judge(Health.Condition, FullError, NearlyFullText);

    public TimeSpan ContentLife => _options.ContentLife;

    /// <summary>The time when it is not the server's: in tests.</summary>
    public DateTimeOffset? ManualNow => Time is StoreTime || ReferenceEquals(Time, TimeProvider.System) ? null : Time.GetUtcNow();

    public bool KnowsQueue(string queue) => _queues.ContainsKey(queue);

    /// <summary>Queues that this process knows of: of one that another silo saw first it hears within a second.</summary>
    public ICollection<string> Queues => _queues.Keys;

    /// <summary>Takes up the members of the set of queues.</summary>
    public void Learn(Reply queues)
    {
        foreach (var queue in queues.Items) _queues[queue.Text] = true;
    }

    /// <summary>Opens the store. A second call does nothing. A store that was replaced is open, but not ready.</summary>
    public async Task OpenAsync(string silo, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_writer is not null) return;
            _silo = silo;
            await Jobs.OpenAsync(keepTrying: error => error.Code == ErrorCodes.StoreReplaced, cancellationToken).ConfigureAwait(false);
            await Content.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            if (HasStateApart) await State.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            await Notices.OpenAsync(cancellationToken).ConfigureAwait(false);
            _writer = new BatchWriter(this, _options.QueueCapacity, _options.BatchesInFlight);
            _looking = Task.Run(() => _look.RunAsync(_stop.Token), CancellationToken.None);
        }
        catch (StoreException error)
        {
            Health.Failed(error);
            throw;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Does an item in the next batch.</summary>
    public async Task<WriteAnswer> WriteAsync(WriteItem item, CancellationToken cancellationToken)
    {
        var writer = _writer ?? throw NotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        if (Memory.IsAbove && item.AddsJobs) throw FullError();
        await WriteNames.EnsureAsync(this, item).ConfigureAwait(false);
        return await writer.DoAsync(item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The store's time: as the silo's clock has it where that follows the server's, else the server is asked.</summary>
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(Time, TimeProvider.System)) return Time.GetUtcNow();
        return ToTime(await Jobs.ReadAsync(new RespCommand("TIME"), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Decodes what was read; a name that another process gave since is loaded first.</summary>
    public async Task<T> DecodeAsync<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (StoreException error) when (error.Code == ErrorCodes.StoreCorrupt)
        {
            await Names.LoadAsync(command => Jobs.ReadAsync(command, CancellationToken.None)).ConfigureAwait(false);
            return decode();
        }
    }

    /// <summary>
    /// Waits until replicas have what the connection wrote, when that is asked for. One wait at a time, and a short one: Redis answers nothing else on the
    /// connection meanwhile, signs of life among it.
    /// </summary>
    public async Task<Reply> ConfirmAsync(Task<Reply> written)
    {
        if (_options.WaitReplicas == 0) return await written.ConfigureAwait(false);
        await _confirming.WaitAsync().ConfigureAwait(false);
        Reply reply, confirmed;
        try
        {
            var wait = Jobs.SendAsync(new RespCommand("WAIT").Arg(_options.WaitReplicas).Arg((long)(_options.Timeout.TotalMilliseconds / 4)), CancellationToken.None);
            reply = await written.ConfigureAwait(false);
            confirmed = await wait.ConfigureAwait(false);
        }
        finally
        {
            _confirming.Release();
        }

        if (reply.IsError || confirmed.IsError || confirmed.Number >= _options.WaitReplicas || !HasWritten(reply)) return reply;
        throw new StoreException(ErrorCodes.OutcomeUnknown, $"Written to the primary, but only {confirmed.Number} of {_options.WaitReplicas} replicas have it (Store:WaitReplicas).");
    }

    private void TellEach(Action<ICommitObserver> tell)
    {
        foreach (var observer in _observers)
        {
            try
            {
                tell(observer);
            }
            catch (Exception error)
            {
                Log.ObserverFailed(Logger, error);
            }
        }
    }

    private static bool HasWritten(Reply reply) => (reply.Kind == ReplyKind.List ? reply.Items[0] : reply).Text is "done";

    /// <summary>Forgets what was known of an item's jobs.</summary>
    public void Forget(WriteItem item)
    {
        foreach (var change in item.Changes) Cache.Remove(change.Job);
    }

    /// <summary>A batch is stored.</summary>
    public void Committed(long lastEvent, IEnumerable<string> newQueues)
    {
        Saw(lastEvent);
        foreach (var queue in newQueues) _queues[queue] = true;
    }

    /// <summary>An event is known to be there.</summary>
    public void Saw(long lastEvent)
    {
        var head = Head;
        while (lastEvent > head && Interlocked.CompareExchange(ref _head, lastEvent, head) is var seen && seen != head) head = seen;
    }

    /// <summary>Tells observers of a commit.</summary>
    public void Tell(ReadOnlySpan<CommittedChange> changes)
    {
        if (changes.Length == 0) return;
        foreach (var observer in _observers)
        {
            try
            {
                observer.OnCommitted(changes);
            }
            catch (Exception error)
            {
                Log.ObserverFailed(Logger, error);
            }
        }
    }

    /// <summary>Tells observers what another silo did.</summary>
    public void Tell(JobNotice notice) => TellEach(observer => observer.OnNoticed(notice));

    /// <summary>Tells observers that the event log has moved, whoever moved it.</summary>
    public void TellLogMoved() => TellEach(observer => observer.OnLogMoved());

    /// <summary>Adds an observer.</summary>
    public IDisposable Observe(ICommitObserver observer)
    {
        lock (_gate) _observers = [.. _observers, observer];
        return new Subscription(this, observer);
    }

    /// <inheritdoc/>
    public void Accept()
    {
        if (Health.Condition.Code == ErrorCodes.StoreReplaced) _identifier.Accept();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        if (_writer is not null) await _writer.DisposeAsync().ConfigureAwait(false);
        await Notices.DisposeAsync().ConfigureAwait(false);
        await Jobs.DisposeAsync().ConfigureAwait(false);
        await Content.DisposeAsync().ConfigureAwait(false);
        if (HasStateApart) await State.DisposeAsync().ConfigureAwait(false);
        Health.Failed(new StoreException(ErrorCodes.StoreUnavailable, "The store is closed."));
        _opening.Dispose();
        _confirming.Dispose();
    }

    /// <summary>The exception for what this silo wants after its incarnation was removed.</summary>
    public StoreException Removed()
    {
        var error = RemovedError(Silo);
        Health.Failed(error);
        return error;
    }

    /// <summary>Says that a silo was removed.</summary>
    public static StoreException RemovedError(string silo) =>
        new(ErrorCodes.SiloRemoved, $"The silo {silo} has been removed from the cluster: its work was given to others. It has to start as a new incarnation.");

    private static InvalidOperationException NotOpen() => new("The store is not open: call OpenAsync first.");

    private StoreException FullError() => new(
        ErrorCodes.StoreFull,
        $"Redis uses {Memory.Percent:0} % of its memory; at {_options.MemoryHighPercent} % (Store:MemoryHighPercent) new jobs are refused, until it is below {Memory.Low:0} %.");

    private string NearlyFullText() => $"Redis uses {Memory.Percent:0} % of its memory; at {_options.MemoryHighPercent} % new jobs are refused.";

    private async Task<RespConnection> CheckedAsync(RespConnection connection)
    {
        try
        {
            await _identifier.CheckAsync(connection).ConfigureAwait(false);
            await _look.FollowTimeAsync(command => Dialer.AskAsync(connection, command)).ConfigureAwait(false);
            Volatile.Write(ref _head, _identifier.LastEvent);
            Memory.Look(UsedMemory.Percent((await Dialer.AskAsync(connection, RespCommand.Of("INFO", "memory")).ConfigureAwait(false)).Text));
            Learn(await Dialer.AskAsync(connection, RespCommand.Of("SMEMBERS", Keys.Queues)).ConfigureAwait(false));
            Health.Ready();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Report(StoreException? problem)
    {
        if (problem is null) Log.Back(Logger);
        else if (Health.Failed(problem)) Log.Away(Logger, problem.Message);
    }

    /// <summary>What <c>TIME</c> answers.</summary>
    public static DateTimeOffset ToTime(Reply reply) => DateTimeOffset.UnixEpoch.AddSeconds(reply.Items[0].Number).AddMicroseconds(reply.Items[1].Number);

    private sealed class Subscription(RedisEngine engine, ICommitObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (engine._gate) engine._observers = [.. engine._observers.Where(known => !ReferenceEquals(known, observer))];
        }
    }
}
