using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>The database refused the statement for a reason that passes: too many queries or connections, a deadlock, a shutdown. Not permanent.</summary>
/// <param name="database">The database's configured name.</param>
/// <param name="code">The database's code of the error.</param>
/// <param name="reason">The database's message.</param>
/// <param name="inner">The cause.</param>
public sealed class TransientSqlException(string database, string code, string reason, Exception? inner = null)
    : JobSystemException("database_busy", $"Database '{database}' could not run the query now (code {code}): {reason}", inner);
