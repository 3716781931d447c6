using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>A connection for reading, with the statements it has prepared so far.</summary>
internal sealed class StoreReader : IDisposable
{
    private readonly Func<NameTable> _names;
    private readonly NativeStatement _begin;
    private readonly NativeStatement _end;

    public StoreReader(NativeConnection connection, Func<NameTable> names)
    {
        Connection = connection;
        _names = names;
        Jobs = new JobTable(connection, names);
        _begin = connection.Prepare("BEGIN");
        _end = connection.Prepare("COMMIT");
    }

    public NativeConnection Connection { get; }

    public JobTable Jobs { get; }

    public NameTable Names => _names();

    /// <summary>A statement of this connection, prepared once. Callers reset it.</summary>
    public NativeStatement Statement(string sql) => Connection.Reuse(sql);

    public void Begin() => _begin.Run();

    public void End() => _end.Run();

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();
}
