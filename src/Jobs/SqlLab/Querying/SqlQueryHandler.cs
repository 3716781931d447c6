using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>Runs <c>sql.query</c>: finds the database, streams the rows into the job's result, and stops the query inside the database when it must end.</summary>
/// <param name="databases">The configured databases.</param>
/// <param name="options">Limits.</param>
/// <param name="time">Measures the time limit.</param>
public sealed class SqlQueryHandler(ISqlDatabases databases, IOptions<SqlLabOptions> options, TimeProvider time) : IJobHandler<SqlQueryArgs, SqlQueryResult>
{
    /// <inheritdoc/>
    public async Task<SqlQueryResult> RunAsync(SqlQueryArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        if (!databases.TryGet(args.Database, out var database)) throw SqlErrors.UnknownDatabase(args.Database, databases.Names);
        var started = time.GetTimestamp();
        var sink = new SqlRowSink(
            context.AppendResultItemsAsync,
            rows => context.Report(null, $"{rows} rows stored"),
            args.Limit ?? options.Value.DefaultLimit,
            options.Value.MaxResultBytes);
        await ExecuteAsync(database, args, sink, context, cancellationToken).ConfigureAwait(false);
        var elapsed = Math.Round(time.GetElapsedTime(started).TotalSeconds, 6);
        context.Report(1, $"{sink.RowCount} rows stored");
        return new SqlQueryResult(sink.Columns, sink.RowCount, elapsed, Cached: false, sink.Truncated, sink.FirstRows);
    }

    private static TimeSpan LimitOf(SqlQueryArgs args, IJobContext context)
    {
        var limit = args.Timeout ?? SqlQueryArgs.MaxTimeout;
        return limit < context.TimeLimits.Soft ? limit : context.TimeLimits.Soft;
    }

    private async Task ExecuteAsync(ISqlDatabase database, SqlQueryArgs args, SqlRowSink sink, IJobContext context, CancellationToken cancellationToken)
    {
        var limit = LimitOf(args, context);
        using var timeLimit = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, cancellationToken);
        var statement = new SqlStatement(
            SqlStatement.IdOf(context.JobId, context.Attempt),
            args.Sql,
            args.Limit ?? options.Value.DefaultLimit,
            limit,
            (fraction, message) => context.Report(fraction, message));
        try
        {
            await database.ExecuteAsync(statement, sink, stop.Token).ConfigureAwait(false);
            await sink.FlushAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (stop.IsCancellationRequested)
        {
            var asked = cancellationToken.IsCancellationRequested && context.StopReason is not (StopReason.SoftTimeLimit or StopReason.HardTimeLimit);
            if (asked) throw new OperationCanceledException(error.Message, error, cancellationToken);
            throw SqlErrors.TimeLimit(limit, error);
        }
    }
}
