using System.Globalization;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.State;

/// <summary>The writer's statements on grain state. Etags count all writes of the store, so none is ever used twice.</summary>
internal sealed class StateTable(NativeConnection connection, Books books)
{
    private readonly NativeStatement _etag = connection.Prepare("SELECT etag FROM states WHERE type=?1 AND id=?2 AND name=?3");
    private readonly NativeStatement _delete = connection.Prepare("DELETE FROM states WHERE type=?1 AND id=?2 AND name=?3");
    private readonly NativeStatement _write = connection.Prepare("INSERT OR REPLACE INTO states(type, id, name, etag, data) VALUES (?1, ?2, ?3, ?4, ?5)");

    /// <summary>Writes a record.</summary>
    /// <returns>The new etag, or null when the record has another than expected.</returns>
    public string? Write(string type, string id, string name, ReadOnlySpan<byte> bytes, string? expectedEtag)
    {
        if (!string.Equals(Etag(type, id, name), expectedEtag, StringComparison.Ordinal)) return null;
        var etag = ++books.LastEtag;
        Bind(_write, type, id, name);
        _write.Bind(4, etag);
        _write.Bind(5, bytes);
        _write.Run();
        return etag.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Removes a record.</summary>
    /// <returns>Whether the record had the etag expected.</returns>
    public bool Clear(string type, string id, string name, string? expectedEtag)
    {
        if (!string.Equals(Etag(type, id, name), expectedEtag, StringComparison.Ordinal)) return false;
        Bind(_delete, type, id, name);
        _delete.Run();
        return true;
    }

    private static void Bind(NativeStatement statement, string type, string id, string name)
    {
        statement.Bind(1, type);
        statement.Bind(2, id);
        statement.Bind(3, name);
    }

    private string? Etag(string type, string id, string name)
    {
        Bind(_etag, type, id, name);
        var etag = _etag.Step() ? _etag.Int64(0).ToString(CultureInfo.InvariantCulture) : null;
        _etag.Reset();
        return etag;
    }
}
