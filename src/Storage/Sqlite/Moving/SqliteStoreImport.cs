using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Moving;

/// <summary>Makes a new file of a stream of items. Its mark is the file's application id: any store that meets it refuses by name.</summary>
internal sealed class SqliteStoreImport(SqliteStoreOptions options, TimeProvider time) : IStoreImport
{
    /// <summary>SQLite's mode for a checkpoint that empties the log.</summary>
    private const int Truncate = 3;

    /// <summary>At this many frames (64 MiB) the log is copied into the file.</summary>
    private const int MaxFrames = (64 << 20) / StoreFile.PageSize;

    private static readonly string[] Companions = ["", "-wal", "-shm"];

    private readonly StoreFile _file = new(options);
    private StoreLock? _lock;
    private WriteSession? _session;
    private ItemWriter? _writer;
    private StoreItem.Head? _head;

    /// <summary>An empty file is as good as none: SQLite makes one before it writes.</summary>
    private bool HasFile => new FileInfo(_file.Path) is { Exists: true, Length: > 0 };

    /// <inheritdoc/>
    public Task BeginAsync(StoreItem.Head head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        return DoAsync(() => Begin(head), cancellationToken);
    }

    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<StoreItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return DoAsync(() => Write(items), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImportLeftOut> CompleteAsync(StoreItem.Tail tail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tail);
        await DoAsync(() => Complete(tail), cancellationToken).ConfigureAwait(false);
        return _writer!.LeftOut;
    }

    /// <inheritdoc/>
    public async Task<bool> DiscardAsync(CancellationToken cancellationToken)
    {
        var found = false;
        await DoAsync(() => found = Discard(), cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _session = null;
        _lock?.Dispose();
        _lock = null;
        return ValueTask.CompletedTask;
    }

    private Task DoAsync(Action work, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                work();
            }
            catch (SqliteFailure failure)
            {
                throw failure.ToStoreException(_file.Path);
            }
        },
        cancellationToken);

    private void Begin(StoreItem.Head head)
    {
        _lock = StoreLock.Take(_file.Path);
        if (_file.IsUnfinished()) throw _file.Unfinished();
        if (HasFile) throw NotEmpty();
        var connection = _file.OpenForImport();
        try
        {
            _session = new WriteSession(connection, time);
            connection.WatchLog();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _head = head;
        _writer = new ItemWriter(_session, head);
    }

    private void Write(IReadOnlyList<StoreItem> items)
    {
        var session = _session ?? throw NotBegun();
        session.Begin(durable: false);
        foreach (var item in items) _writer!.Write(item);
        _writer!.Flush();
        session.Commit();
        if (session.Connection.WalFrames >= MaxFrames) session.Connection.Checkpoint(Truncate, out _, out _);
    }

    private void Complete(StoreItem.Tail tail)
    {
        var (session, head) = (_session ?? throw NotBegun(), _head ?? throw NotBegun());
        session.Begin(durable: true);
        var books = session.Books;
        (books.LastJob, books.LastEvent, books.Accepted, books.Refused) = (head.LastJob, Math.Max(head.LastEvent, tail.LastEvent), head.Accepted, head.Refused);
        books.Removed = head.Accepted - _writer!.Jobs;
        session.CommitAlways();
        StoreFile.Finish(session.Connection, MovedGeneration.After(head.Generation, time.GetUtcNow()));
        session.Connection.Checkpoint(Truncate, out _, out _);
    }

    private bool Discard()
    {
        using var held = StoreLock.Take(_file.Path);
        if (!HasFile) return false;
        if (!_file.IsUnfinished()) throw NotEmpty();
        foreach (var companion in Companions.Reverse()) File.Delete(_file.Path + companion);
        return true;
    }

    private StoreException NotEmpty() => new(
        ErrorCodes.StoreNotEmpty, $"There is a file already: {_file.Path}. A store is only made where none is; give another path, or move the file away.");

    private static InvalidOperationException NotBegun() => new("The import has not begun: call BeginAsync first.");
}
