using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Retention;

/// <summary>Upkeep of the SQLite store. Each call is one short piece of work for the writer.</summary>
internal sealed class SqliteUpkeep(SqliteEngine engine) : IStoreUpkeep
{
    /// <summary>Jobs that one piece of work may move.</summary>
    private const int MaxMoves = 1000;

    /// <inheritdoc/>
    public Task<int> ExpireAsync(int max, CancellationToken cancellationToken)
    {
        var bounded = Math.Clamp(max, 0, MaxMoves);
        return engine.WriteAsync(new WriteItem<int>(session => DueStep.Expire(session, bounded)) { Weight = MaxMoves }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> PromoteDueAsync(int max, CancellationToken cancellationToken)
    {
        var bounded = Math.Clamp(max, 0, MaxMoves);
        return engine.WriteAsync(
            new WriteItem<IReadOnlyList<string>>(session => DueStep.Promote(session, bounded)) { Weight = MaxMoves, Durable = false },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SweepAsync(RetentionLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var free = limits.MaxBytes is null ? engine.Disk.FreeBytes() : 0;
        return engine.WriteAsync(new WriteItem<bool>(session => new SweepStep(session, limits, free).Run()) { Weight = MaxMoves }, cancellationToken);
    }
}
