using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>The connection broke while the query ran. Not permanent.</summary>
/// <param name="database">The database's configured name.</param>
/// <param name="reason">What happened.</param>
/// <param name="inner">The cause.</param>
public sealed class DatabaseConnectionLostException(string database, string reason, Exception? inner = null)
    : JobSystemException("database_connection_lost", $"The connection to database '{database}' was lost while the query ran: {reason}", inner);
