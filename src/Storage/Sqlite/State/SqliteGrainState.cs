using System.Globalization;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.State;

/// <summary>State of grains in SQLite.</summary>
internal sealed class SqliteGrainState(SqliteEngine engine) : IStateStore
{
    /// <inheritdoc/>
    public Task<StoredState?> ReadAsync(string type, string id, string name, CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync(reader => Read(reader, type, id, name), cancellationToken);

    /// <inheritdoc/>
    public Task<string?> WriteAsync(
        string type, string id, string name, ReadOnlyMemory<byte> bytes, string? expectedEtag, CancellationToken cancellationToken) =>
        engine.WriteAsync(new WriteItem<string?>(session => session.States.Write(type, id, name, bytes.Span, expectedEtag)), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ClearAsync(string type, string id, string name, string? expectedEtag, CancellationToken cancellationToken) =>
        engine.WriteAsync(new WriteItem<bool>(session => session.States.Clear(type, id, name, expectedEtag)), cancellationToken);

    private static StoredState? Read(StoreReader reader, string type, string id, string name)
    {
        var row = reader.Statement("SELECT data, etag FROM states WHERE type=?1 AND id=?2 AND name=?3");
        row.Bind(1, type);
        row.Bind(2, id);
        row.Bind(3, name);
        var state = row.Step() ? new StoredState(row.Blob(0).ToArray(), row.Int64(1).ToString(CultureInfo.InvariantCulture)) : null;
        row.Reset();
        return state;
    }
}
