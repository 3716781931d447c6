using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Content;

/// <summary>The writer's statements on what is kept apart from jobs: parts of results, log lines, data.</summary>
internal sealed class ContentTables
{
    private readonly HashSet<long> _open = [];
    private readonly NativeStatement _markOpen;
    private readonly NativeStatement _unmarkOpen;
    private readonly NativeStatement _putChunk;
    private readonly NativeStatement _dropOthers;
    private readonly NativeStatement _dropChunks;
    private readonly NativeStatement _putLine;
    private readonly NativeStatement _dropLines;
    private readonly NativeStatement _putData;
    private readonly NativeStatement _dropData;

    public ContentTables(NativeConnection connection)
    {
        _markOpen = connection.Prepare("INSERT OR IGNORE INTO open_chunks(job) VALUES (?1)");
        _unmarkOpen = connection.Prepare("DELETE FROM open_chunks WHERE job=?1");
        _putChunk = connection.Prepare(
            "INSERT OR REPLACE INTO chunks(id, job, epoch, number, first, items, length, data) "
            + "VALUES ((SELECT id FROM chunks WHERE job=?1 AND epoch=?2 AND number=?3), ?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _dropOthers = connection.Prepare("DELETE FROM chunks WHERE job=?1 AND epoch<>?2");
        _dropChunks = connection.Prepare("DELETE FROM chunks WHERE job=?1");
        _putLine = connection.Prepare("INSERT OR REPLACE INTO log_lines(job, number, at, attempt, line) VALUES (?1, ?2, ?3, ?4, ?5)");
        _dropLines = connection.Prepare("DELETE FROM log_lines WHERE job=?1");
        _putData = connection.Prepare("INSERT OR REPLACE INTO job_data(job, key, value) VALUES (?1, ?2, ?3)");
        _dropData = connection.Prepare("DELETE FROM job_data WHERE job=?1");
        var rows = connection.Prepare("SELECT job FROM open_chunks");
        while (rows.Step()) _open.Add(rows.Int64(0));
        rows.Reset();
    }

    /// <summary>Stores a part of a result, compressed already.</summary>
    public void PutChunk(long job, int epoch, ResultChunk chunk, ReadOnlySpan<byte> compressed)
    {
        if (_open.Add(job))
        {
            _markOpen.Bind(1, job);
            _markOpen.Run();
        }

        _putChunk.Bind(1, job);
        _putChunk.Bind(2, epoch);
        _putChunk.Bind(3, chunk.Index);
        _putChunk.Bind(4, chunk.FirstItem);
        _putChunk.Bind(5, chunk.Items);
        _putChunk.Bind(6, chunk.Data.Length);
        _putChunk.Bind(7, compressed);
        _putChunk.Run();
    }

    /// <summary>The job has ended: removes the parts of all attempts but the accepted one. Costs nothing for a job without parts.</summary>
    public void DropOtherChunks(long job, int epoch)
    {
        if (!_open.Remove(job)) return;
        _unmarkOpen.Bind(1, job);
        _unmarkOpen.Run();
        _dropOthers.Bind(1, job);
        _dropOthers.Bind(2, epoch);
        _dropOthers.Run();
    }

    /// <summary>Removes the parts of a job's result.</summary>
    public void DropChunks(long job)
    {
        _dropChunks.Bind(1, job);
        _dropChunks.Run();
    }

    /// <summary>Adds a line to a log, or replaces it.</summary>
    public void PutLine(long job, LogLine line)
    {
        _putLine.Bind(1, job);
        _putLine.Bind(2, line.Number);
        _putLine.Bind(3, line.At.UtcTicks);
        _putLine.Bind(4, line.Attempt);
        _putLine.Bind(5, line.Text);
        _putLine.Run();
    }

    /// <summary>Saves bytes under a key.</summary>
    public void PutData(long job, string key, ReadOnlySpan<byte> value)
    {
        _putData.Bind(1, job);
        _putData.Bind(2, key);
        _putData.Bind(3, value);
        _putData.Run();
    }

    /// <summary>Removes all that is kept apart from a job.</summary>
    public void DropAll(long job)
    {
        DropOtherChunks(job, 0);
        DropChunks(job);
        _dropLines.Bind(1, job);
        _dropLines.Run();
        _dropData.Bind(1, job);
        _dropData.Run();
    }
}
