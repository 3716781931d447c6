using System.Collections.Concurrent;

namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>Runs statements on one SQLite database. SQLite runs inside this process, so that a query is gone when the call that runs it has returned.</summary>
internal sealed class SqliteDatabase(string name, ISqliteSource source, TimeSpan stopTimeout, TimeProvider time) : ISqlDatabase, IDisposable
{
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, Task Run)> _running = new(StringComparer.Ordinal);

    public async Task ExecuteAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = stop.Token;
        // SQLite blocks the thread that steps it.
        var run = Task.Run(() => SqliteQuery.RunAsync(name, source, statement.Sql, sink, token), CancellationToken.None);
        _running[statement.QueryId] = (stop, run);
        try
        {
            await run.ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested && token.IsCancellationRequested)
        {
            throw SqlErrors.Server(SqlErrors.Sql, "The query was stopped by its id.", "interrupted", null, null, error);
        }
        finally
        {
            _running.TryRemove(statement.QueryId, out _);
        }
    }

    public async Task KillAsync(string queryId, CancellationToken cancellationToken)
    {
        if (!_running.TryGetValue(queryId, out var query)) return;
        try
        {
            await query.Stop.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return; // it has just ended
        }

        try
        {
            await ((Task)query.Run.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default))
                .WaitAsync(stopTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new StopUnconfirmedException(name, queryId, stopTimeout, error);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () => SqliteQuery.RunAsync(name, source, "SELECT count(*) FROM sqlite_master", new SqlRowSink((_, _, _) => Task.CompletedTask, _ => { }, 1, SqlRowSink.MaxRowBytes), cancellationToken),
            cancellationToken);

    public void Dispose() => source.Dispose();
}
