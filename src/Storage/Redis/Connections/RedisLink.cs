using System.Diagnostics;
using Molino.Core;

namespace Molino.Storage.Redis.Connections;

/// <summary>A connection that is opened again whenever it ends, and checked each time before anything else may use it.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<RespConnection>> _open;
    private readonly Action<StoreException?> _report;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private volatile TaskCompletionSource<RespConnection> _current = NewSource();
    private volatile StoreException? _problem;
    private long _downSince;
    private Task _keeping = Task.CompletedTask;

    /// <summary>Creates a link that is not open yet.</summary>
    /// <param name="open">Opens and checks a connection.</param>
    /// <param name="timeout">How long a command may take, the wait for a connection included.</param>
    /// <param name="report">Told why there is no connection, or null when there is one again.</param>
    public RedisLink(Func<CancellationToken, Task<RespConnection>> open, TimeSpan timeout, Action<StoreException?> report)
    {
        _open = open;
        _timeout = timeout;
        _report = report;
    }

    /// <summary>Opens the link; from then on it keeps itself open.</summary>
    /// <param name="keepTrying">For which problems the link counts as open, and tries on; null for none.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="StoreException">The first attempt failed.</exception>
    public async Task OpenAsync(Func<StoreException, bool>? keepTrying, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _open(cancellationToken).ConfigureAwait(false);
            _current.TrySetResult(connection);
            _keeping = Task.Run(() => KeepAsync(connection), CancellationToken.None);
        }
        catch (StoreException problem) when (keepTrying?.Invoke(problem) == true)
        {
            Down(_current, problem);
            _keeping = Task.Run(() => KeepAsync(null), CancellationToken.None);
        }
    }

    /// <summary>Sends a command that may be repeated: a read. Where a connection ends under it, it is sent once more.</summary>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreUnavailable"/> and others of the store.</exception>
    public async Task<Reply> ReadAsync(RespCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return Checked(await SendAsync(command, cancellationToken).ConfigureAwait(false));
        }
        catch (ConnectionLostException error) when (error.InnerException is not TimeoutException)
        {
            return await ReadAgainAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException error)
        {
            throw Away(error);
        }
    }

    /// <summary>Sends a command that writes.</summary>
    /// <exception cref="StoreException"><see cref="ErrorCodes.OutcomeUnknown"/> when the connection ended before the answer came.</exception>
    public async Task<Reply> WriteAsync(RespCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return Checked(await SendAsync(command, cancellationToken).ConfigureAwait(false));
        }
        catch (ConnectionLostException error)
        {
            if (!error.MaybeSent) throw Away(error);
            throw new StoreException(ErrorCodes.OutcomeUnknown, $"The connection to Redis ended before it answered a write: {error.Message}", error);
        }
    }

    /// <summary>Sends a command on the connection there is, or waits for one; errors of the server are replies.</summary>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    /// <exception cref="StoreException">There is no connection.</exception>
    public Task<Reply> SendAsync(RespCommand command, CancellationToken cancellationToken) =>
        ConnectionOf(_current) is { } connection && connection.TrySend(command, out var reply) ? reply : WaitAndSendAsync(command, cancellationToken);

    /// <summary>Ends the connection there is; the next is opened and checked at once.</summary>
    public void Renew(string reason)
    {
        var current = _current;
        if (ConnectionOf(current) is not { } connection) return;
        connection.Abort(new IOException(reason));
        Lost(current, new IOException(reason));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        ConnectionOf(_current)?.Abort(new IOException("The store is being closed."));
        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private static TaskCompletionSource<RespConnection> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static StoreException Away(Exception error) => new(ErrorCodes.StoreUnavailable, $"Redis does not answer: {error.Message}", error);

    private Reply Checked(Reply reply)
    {
        if (!reply.IsError) return reply;
        if (ServerErrors.EndsConnection(reply.Text)) Renew(reply.Text);
        throw ServerErrors.ToException(reply.Text);
    }

    private static RespConnection? ConnectionOf(TaskCompletionSource<RespConnection> source) =>
        source.Task.IsCompletedSuccessfully ? source.Task.GetAwaiter().GetResult() : null;

    private async Task<Reply> ReadAgainAsync(RespCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return Checked(await SendAsync(command, cancellationToken).ConfigureAwait(false));
        }
        catch (ConnectionLostException error)
        {
            throw Away(error);
        }
    }

    private async Task<Reply> WaitAndSendAsync(RespCommand command, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = _current;
            if (ConnectionOf(current) is { } connection)
            {
                if (connection.TrySend(command, out var reply)) return await reply.ConfigureAwait(false);
                Lost(current, new IOException("The connection has ended."));
                continue;
            }

            var left = _timeout - Stopwatch.GetElapsedTime(Volatile.Read(ref _downSince));
            try
            {
                if (left <= TimeSpan.Zero) throw new TimeoutException();
                await current.Task.WaitAsync(left, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException error)
            {
                throw _problem ?? Away(error);
            }
        }
    }

    private async Task KeepAsync(RespConnection? connection)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (connection is not null)
            {
                var current = _current;
                var reason = await connection.Ended.ConfigureAwait(false);
                if (ReferenceEquals(ConnectionOf(current), connection)) Lost(current, reason);
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            if (await ReopenAsync().ConfigureAwait(false) is not { } next) return;
            connection = next;
            _current.TrySetResult(next);
            _report(null);
        }
    }

    private async Task<RespConnection?> ReopenAsync()
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                return await _open(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is StoreException or IOException)
            {
                _problem = error as StoreException ?? Away(error);
                _report(_problem);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return null;
            }

            await Task.Delay(pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return null;
    }

    /// <summary>The connection of a source is of no more use: callers wait for the next.</summary>
    private void Lost(TaskCompletionSource<RespConnection> source, Exception reason) => Down(source, Away(reason));

    private void Down(TaskCompletionSource<RespConnection> source, StoreException problem)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_current, source)) return;
            Volatile.Write(ref _downSince, Stopwatch.GetTimestamp());
            _problem = problem;
            _current = NewSource();
        }

        if (!_stop.IsCancellationRequested) _report(problem); // closing is no fault
    }
}
