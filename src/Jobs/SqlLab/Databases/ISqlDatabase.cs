namespace Molino.Jobs.SqlLab;

/// <summary>One configured database. Safe to use from many jobs at once.</summary>
public interface ISqlDatabase
{
    /// <summary>Runs one statement and passes its rows on as they come.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="sink">Takes columns and rows.</param>
    /// <param name="cancellationToken">Stops the query inside the database, not only the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, and the database has confirmed that the query is gone.</exception>
    /// <exception cref="StopUnconfirmedException">The query was to be stopped, and the database did not confirm it.</exception>
    /// <exception cref="Core.PermanentJobException">The statement cannot succeed: see <see cref="SqlErrors"/>.</exception>
    /// <exception cref="DatabaseUnreachableException">The database does not answer.</exception>
    /// <exception cref="DatabaseConnectionLostException">The connection broke while the query ran.</exception>
    /// <exception cref="TransientSqlException">The database cannot run it now.</exception>
    Task ExecuteAsync(SqlStatement statement, SqlRowSink sink, CancellationToken cancellationToken);

    /// <summary>Stops a query by its id, whoever started it, and waits until the database confirms that it is gone. Harmless if it has ended.</summary>
    /// <param name="queryId">The id, see <see cref="SqlStatement.IdOf"/>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StopUnconfirmedException">Not confirmed within <see cref="SqlLabOptions.StopTimeout"/>.</exception>
    Task KillAsync(string queryId, CancellationToken cancellationToken);

    /// <summary>Asks for a sign of life, with the configured login and database.</summary>
    /// <param name="cancellationToken">Stops the wait; callers bound it.</param>
    /// <exception cref="DatabaseUnreachableException">It gave none.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
