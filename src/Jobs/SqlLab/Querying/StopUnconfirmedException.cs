using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>A query was to be stopped, and the database did not confirm within the time allowed that it is gone: it may still run there.</summary>
/// <param name="database">The database's configured name.</param>
/// <param name="queryId">The query's id, as the database shows it.</param>
/// <param name="waited">How long confirmation was tried for.</param>
/// <param name="inner">The last cause.</param>
public sealed class StopUnconfirmedException(string database, string queryId, TimeSpan waited, Exception? inner = null)
    : JobSystemException("stop_unconfirmed", FormattableString.Invariant($"Query {queryId} on database '{database}' was told to stop, but after {waited.TotalSeconds:0.#} s it is not confirmed to be gone."), inner);
