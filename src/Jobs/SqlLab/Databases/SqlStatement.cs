using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>One statement to run.</summary>
/// <param name="QueryId">Names the run inside the database, see <see cref="IdOf"/>.</param>
/// <param name="Sql">The text.</param>
/// <param name="Limit">Rows that will be taken; a database may stop producing soon after.</param>
/// <param name="Timeout">How long it may run; the database enforces it too, where it can.</param>
/// <param name="Progress">Told what the database says about its progress: a fraction from 0 to 1, if known, and a line for people.</param>
public sealed record SqlStatement(string QueryId, string Sql, long Limit, TimeSpan Timeout, Action<double?, string> Progress)
{
    /// <summary>
    /// The id of an attempt's query. It depends on nothing but job and attempt, so that another silo can stop it (<see cref="ISqlDatabase.KillAsync"/>) after the one that ran it died.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="attempt">The counted attempt, from 1. An attempt that is repeated after a lost lease has the same id, and replaces what the first left behind.</param>
    public static string IdOf(JobId job, int attempt) => FormattableString.Invariant($"molino-{job}-{attempt}");
}
