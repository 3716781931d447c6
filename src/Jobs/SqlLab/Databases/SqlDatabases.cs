using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Molino.Jobs.SqlLab;

/// <summary>Makes the configured databases at first use and keeps them.</summary>
internal sealed class SqlDatabases : ISqlDatabases, IDisposable
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, (ISqlDatabaseKind Kind, ISqlDatabase Database)> _databases = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public SqlDatabases(IOptions<SqlLabOptions> options, IEnumerable<ISqlDatabaseKind> kinds, TimeProvider time)
    {
        _time = time;
        var byName = kinds.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, settings) in options.Value.Databases)
        {
            var kind = byName[settings.Kind];
            _databases.Add(name, (kind, kind.Create(name, settings, options.Value.StopTimeout)));
        }
    }

    public IReadOnlyList<string> Names => [.. _databases.Keys];

    public bool TryGet(string name, [NotNullWhen(true)] out ISqlDatabase? database)
    {
        database = _databases.TryGetValue(name, out var found) ? found.Database : null;
        return database is not null;
    }

    public async Task<IReadOnlyList<SqlDatabaseStatus>> ListAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_databases.Select(entry => CheckAsync(entry.Key, entry.Value.Kind.Name, entry.Value.Database, cancellationToken))).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var (_, database) in _databases.Values) (database as IDisposable)?.Dispose();
    }

    private async Task<SqlDatabaseStatus> CheckAsync(string name, string kind, ISqlDatabase database, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await database.CheckAsync(both.Token).ConfigureAwait(false);
            return new SqlDatabaseStatus(name, kind, true, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SqlDatabaseStatus(name, kind, false, $"No answer within {CheckTimeout.TotalSeconds} s.");
        }
        catch (DatabaseUnreachableException error)
        {
            return new SqlDatabaseStatus(name, kind, false, error.Message);
        }
    }
}
