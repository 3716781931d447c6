using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>The queues that are paused: kept in memory by the writer, stored at once.</summary>
internal sealed class PausedTable
{
    private readonly HashSet<int> _queues = [];
    private readonly NativeStatement _pause;
    private readonly NativeStatement _resume;

    /// <summary>Loads the paused queues.</summary>
    public PausedTable(NativeConnection connection)
    {
        _pause = connection.Prepare("INSERT INTO paused(queue) VALUES (?1)");
        _resume = connection.Prepare("DELETE FROM paused WHERE queue=?1");
        var rows = connection.Prepare("SELECT queue FROM paused");
        while (rows.Step()) _queues.Add((int)rows.Int64(0));
        rows.Reset();
    }

    /// <summary>Whether a queue is paused.</summary>
    public bool Contains(int queue) => _queues.Contains(queue);

    /// <summary>Pauses or resumes a queue.</summary>
    public void Set(int queue, bool paused)
    {
        if (!(paused ? _queues.Add(queue) : _queues.Remove(queue))) return;
        var statement = paused ? _pause : _resume;
        statement.Bind(1, queue);
        statement.Run();
    }
}
