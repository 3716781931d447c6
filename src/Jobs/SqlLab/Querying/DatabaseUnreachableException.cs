using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>The database does not answer, refuses the connection or the login. Not permanent: another attempt may find it.</summary>
/// <param name="database">The database's configured name.</param>
/// <param name="reason">What was tried and what came back; no secrets.</param>
/// <param name="inner">The cause.</param>
public sealed class DatabaseUnreachableException(string database, string reason, Exception? inner = null)
    : JobSystemException("database_unreachable", $"Database '{database}' is not reachable: {reason}", inner);
