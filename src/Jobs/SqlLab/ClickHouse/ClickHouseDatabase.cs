using System.Globalization;
using Molino.Core;

namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>Runs statements on ClickHouse and stops them there.</summary>
internal sealed class ClickHouseDatabase(string name, ClickHouseClient client, IReadOnlyDictionary<string, string> settings, TimeSpan stopTimeout, TimeProvider time) : ISqlDatabase, IDisposable
{
    // After the connection broke the server is probably gone: look for a leftover query, but not for long.
    private static readonly TimeSpan LostStopTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(1);

    private readonly StopConfirmation _stops = new(name, time);

    public async Task ExecuteAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                await RunAsync(statement, sink, cancellationToken).ConfigureAwait(false);
            }
            catch (ClickHouseServerException error) when (error.IsDuplicate)
            {
                // The same attempt, repeated after a lost lease: what the first one left behind makes way.
                await KillAsync(statement.QueryId, cancellationToken).ConfigureAwait(false);
                await RunAsync(statement, sink, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ClickHouseServerException error)
        {
            throw error.ToJobError(name, statement);
        }
    }

    public Task KillAsync(string queryId, CancellationToken cancellationToken) => ConfirmGoneAsync(queryId, null, stopTimeout, cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.AskAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ClickHouseServerException or DatabaseConnectionLostException)
        {
            throw new DatabaseUnreachableException(name, error.Message, error);
        }
    }

    public void Dispose() => client.Dispose();

    private static KeyValuePair<string, string>[] Parameters(SqlStatement statement) =>
    [
        new("query_id", statement.QueryId),
        new("default_format", "JSONCompact"),
        new("max_execution_time", ((long)Math.Ceiling(statement.Timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture)),
        new("timeout_overflow_mode", "throw"),
        // One more row than wanted tells whether the limit cut anything; the server stops by itself soon after.
        new("max_result_rows", (statement.Limit + 1).ToString(CultureInfo.InvariantCulture)),
        new("max_result_bytes", "0"),
        new("result_overflow_mode", "break"),
        new("output_format_json_quote_64bit_integers", "1"),
        new("output_format_json_quote_denormals", "1"),
    ];

    private static string Quote(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private async Task RunAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The exchange outlives the caller's token: while the query may run, the connection is part of knowing that it has ended.
        using var abandon = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = client.SendAsync(statement.Sql, [.. settings, .. Parameters(statement)], abandon.Token);
        var watching = WatchAsync(statement, ended.Token);
        try
        {
            await ReadUntilOverAsync(statement.QueryId, sending, sink, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await abandon.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (sending.IsCompletedSuccessfully) (await sending.ConfigureAwait(false)).Dispose();
        }
    }

    /// <summary>Reads the result; when it returns or throws, the query has ended, or the exception says that this is not known.</summary>
    private async Task ReadUntilOverAsync(string queryId, Task<HttpResponseMessage> sending, SqlRowSink sink, CancellationToken cancellationToken)
    {
        var complete = false;
        try
        {
            using var response = await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            complete = await new ClickHouseResultReader(name, sink, ServerZoneAsync).ReadAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseUnreachableException)
        {
            throw; // nothing was sent
        }
        catch (ClickHouseServerException) when (!cancellationToken.IsCancellationRequested)
        {
            throw; // the server's last word on the query
        }
        catch (DatabaseConnectionLostException error)
        {
            await AfterLossAsync(queryId, sending, error, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception)
        {
            await ConfirmGoneAsync(queryId, sending, stopTimeout, CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        if (!complete) await ConfirmGoneAsync(queryId, sending, stopTimeout, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task AfterLossAsync(string queryId, Task<HttpResponseMessage> sending, Exception lost, CancellationToken cancellationToken)
    {
        try
        {
            await ConfirmGoneAsync(queryId, sending, LostStopTimeout < stopTimeout ? LostStopTimeout : stopTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StopUnconfirmedException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatabaseConnectionLostException(name, $"{lost.InnerException?.Message ?? lost.Message} It does not answer since, so whether query {queryId} still runs there is not known.", lost);
        }
    }

    /// <summary>
    /// Kills until the query is gone from system.processes and, if this process sent it, its HTTP exchange has ended as well: a query that the server has read but not yet registered cannot slip through.
    /// KILL is asynchronous here, and asked again, because its SYNC form waits on the server for as long as the query takes to notice.
    /// </summary>
    private async Task ConfirmGoneAsync(string queryId, Task<HttpResponseMessage>? sending, TimeSpan budget, CancellationToken cancellationToken) =>
        await _stops.RunAsync(
            queryId,
            budget,
            async (_, token) =>
            {
                await client.AskAsync($"KILL QUERY WHERE query_id = {Quote(queryId)} ASYNC", token).ConfigureAwait(false);
                if (sending is { IsCompletedSuccessfully: true }) (await sending.ConfigureAwait(false)).Dispose();
                if (sending is { IsCompleted: false }) return false;
                var left = await client.AskAsync($"SELECT count() FROM system.processes WHERE query_id = {Quote(queryId)}", token).ConfigureAwait(false);
                return left.Trim() == "0";
            },
            cancellationToken).ConfigureAwait(false);

    // Progress in response headers (X-ClickHouse-Progress) would reach HttpClient only with the last of them, and overflow its header limit: ask beside the query instead.
    private async Task WatchAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var answer = await client.AskAsync($"SELECT read_rows, total_rows_approx FROM system.processes WHERE query_id = {Quote(statement.QueryId)}", cancellationToken).ConfigureAwait(false);
                var numbers = answer.Split('\t', StringSplitOptions.TrimEntries);
                if (numbers.Length < 2) continue;
                var (read, total) = (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
                statement.Progress(total > 0 ? Math.Min(1, read / total) : null, $"{numbers[0]} rows read by the server");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (error is JobSystemException or ClickHouseServerException)
        {
            statement.Progress(null, $"progress is not known: {error.Message}");
        }
    }

    private async Task<string> ServerZoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.AskAsync("SELECT timezone()", cancellationToken).ConfigureAwait(false)).Trim();
        }
        catch (Exception error) when (error is JobSystemException or ClickHouseServerException)
        {
            throw new TransientSqlException(name, "none", "its time zone could not be read: " + error.Message, error);
        }
    }
}
