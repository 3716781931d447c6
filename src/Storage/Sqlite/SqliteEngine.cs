using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage.Sqlite.Checkpoints;
using Molino.Storage.Sqlite.Health;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite;

/// <summary>The one open store behind all ports: lock, writer, readers, checkpoints and health.</summary>
internal sealed class SqliteEngine : IWriterHost, IDisposable, IAsyncDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly StoreFile _file;
    private readonly ConcurrentDictionary<string, bool> _queues = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ICommitObserver[] _observers = [];
    private StoreIdentity? _identity;
    private StoreLock? _lock;
    private StoreWriter? _writer;
    private ReaderPool? _readers;
    private Checkpointer? _checkpointer;
    private volatile NameTable? _names;
    private long _head;

    public SqliteEngine(SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _file = new StoreFile(options);
        Time = time;
        Health = new StoreHealth(_file.Path, time);
        Disk = new DiskWatch(_file.Path, options.MinFreeMiB);
    }

    public TimeProvider Time { get; }

    public StoreHealth Health { get; }

    public DiskWatch Disk { get; }

    public string Path => _file.Path;

    public StoreIdentity Identity => _identity ?? throw NotOpen();

    /// <summary>Number of the newest event that is committed.</summary>
    public long Head => Volatile.Read(ref _head);

    public ReaderPool Readers => _readers ?? throw NotOpen();

    public bool KnowsQueue(string queue) => _queues.ContainsKey(queue);

    /// <summary>Opens the store. A second call does nothing.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_writer is not null) return;
            var held = TakeLock();
            try
            {
                Health.Opening();
                OpenLocked();
                _lock = held;
            }
            catch (SqliteFailure failure)
            {
                held.Dispose();
                Health.Failed(failure);
                throw failure.ToStoreException(_file.Path);
            }
            catch (StoreException error)
            {
                held.Dispose();
                Health.Failed(error);
                throw;
            }
        }
    }

    /// <summary>Does work in the next commit.</summary>
    public Task<T> WriteAsync<T>(WriteItem<T> item, CancellationToken cancellationToken) =>
        (_writer ?? throw NotOpen()).DoAsync(item, cancellationToken);

    /// <summary>Adds an observer.</summary>
    public IDisposable Observe(ICommitObserver observer)
    {
        lock (_gate) _observers = [.. _observers, observer];
        return new Subscription(this, observer);
    }

    /// <inheritdoc/>
    WriteSession IWriterHost.OpenSession()
    {
        var connection = _file.OpenForWriting();
        try
        {
            var session = new WriteSession(connection, Time);
            connection.WatchLog();
            Publish(session);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    void IWriterHost.Committed(WriteSession session)
    {
        Volatile.Write(ref _head, session.Books.LastEvent);
        PublishQueues(session);
        if (session.Committed.Count == 0) return;
        foreach (var observer in _observers) Tell(observer, CollectionsMarshal.AsSpan(session.Committed));
        session.Committed.Clear();
    }

    /// <inheritdoc/>
    void IWriterHost.AfterCommit(WriteSession session) => _checkpointer?.AfterCommit(session);

    /// <inheritdoc/>
    void IWriterHost.Closing(WriteSession session)
    {
        _checkpointer?.Dispose();
        _readers?.Dispose();
        try
        {
            StoreFile.MarkClean(session.Connection);
        }
        catch (SqliteFailure failure)
        {
            Log.WriteFailed(_logger, Path, failure.ResultCode, failure.Message);
        }
    }

    /// <summary>Finishes what is queued and closes the file.</summary>
    public void Dispose()
    {
        if (TakeWriter() is not { } writer) return;
        writer.Close();
        writer.Join();
        Closed();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (TakeWriter() is not { } writer) return;
        writer.Close();
        await writer.Ended.ConfigureAwait(false);
        Closed();
    }

    private static InvalidOperationException NotOpen() => new("The store is not open: call OpenAsync first.");

    private StoreLock TakeLock()
    {
        try
        {
            return StoreLock.Take(_file.Path);
        }
        catch (StoreException error)
        {
            Health.Failed(error);
            throw;
        }
    }

    private StoreWriter? TakeWriter()
    {
        lock (_gate)
        {
            var writer = _writer;
            _writer = null;
            return writer;
        }
    }

    private void Closed()
    {
        _checkpointer?.Dispose();
        _readers?.Dispose();
        Health.Failed(StoreWriter.Closed());
        _lock?.Dispose();
    }

    private void OpenLocked()
    {
        var session = ((IWriterHost)this).OpenSession();
        try
        {
            _identity = StoreFile.Identify(session.Connection);
            _readers = new ReaderPool(_file, () => _names ?? throw NotOpen(), _options.Readers, Health);
            _checkpointer = new Checkpointer(_file, _options.CheckpointMiB, _logger);
            var writer = new StoreWriter(this, Health, Disk, _options.QueueCapacity, Time, _logger);
            Health.Ready();
            writer.Start(session);
            _writer = writer;
        }
        catch
        {
            session.Dispose();
            throw;
        }

        Log.Opened(_logger, Path, _identity.Generation, _identity.SchemaVersion, NativeConnection.LibraryVersion);
    }

    private void Tell(ICommitObserver observer, ReadOnlySpan<CommittedChange> changes)
    {
        try
        {
            observer.OnCommitted(changes);
        }
        catch (Exception error)
        {
            Log.ObserverFailed(_logger, error);
        }
    }

    private void Publish(WriteSession session)
    {
        _names = session.Names;
        Volatile.Write(ref _head, session.Books.LastEvent);
        PublishQueues(session);
    }

    private void PublishQueues(WriteSession session)
    {
        if (session.NewQueues.Count == 0) return;
        foreach (var queue in session.NewQueues) _queues[queue] = true;
        session.NewQueues.Clear();
    }

    private void Remove(ICommitObserver observer)
    {
        lock (_gate) _observers = [.. _observers.Where(known => !ReferenceEquals(known, observer))];
    }

    private sealed class Subscription(SqliteEngine engine, ICommitObserver observer) : IDisposable
    {
        public void Dispose() => engine.Remove(observer);
    }
}
