using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Reading;

namespace Molino.Storage.Sqlite.Content;

/// <summary>Reads parts of results, one at a time.</summary>
internal static class ChunkReader
{
    /// <summary>Finds the part that holds an item.</summary>
    /// <returns>The job's sequence, the part's number and how many parts there are; null when there is none.</returns>
    public static (long Job, int Number, int Count)? Find(StoreReader reader, JobId job, int epoch, long fromItem)
    {
        if (reader.Jobs.FindSequence(job) is not { } sequence) return null;
        var count = reader.Statement("SELECT number FROM chunks WHERE job=?1 AND epoch=?2 ORDER BY number DESC LIMIT 1");
        count.Bind(1, sequence);
        count.Bind(2, epoch);
        var last = count.Step() ? (int)count.Int64(0) : -1;
        count.Reset();
        if (last < 0) return null;
        var row = reader.Statement("SELECT number FROM chunks WHERE job=?1 AND epoch=?2 AND first<=?3 ORDER BY number DESC LIMIT 1");
        row.Bind(1, sequence);
        row.Bind(2, epoch);
        row.Bind(3, Math.Max(0, fromItem));
        var number = row.Step() ? (int)row.Int64(0) : 0;
        row.Reset();
        return (sequence, number, last + 1);
    }

    /// <summary>Reads a part.</summary>
    public static ResultChunk? Read(StoreReader reader, long job, int epoch, int number)
    {
        var row = reader.Statement("SELECT first, items, length, data FROM chunks WHERE job=?1 AND epoch=?2 AND number=?3");
        row.Bind(1, job);
        row.Bind(2, epoch);
        row.Bind(3, number);
        try
        {
            return row.Step() ? new ResultChunk(number, row.Int64(0), row.Int64(1), ChunkCodec.Decompress(row.Blob(3), (int)row.Int64(2))) : null;
        }
        finally
        {
            row.Reset();
        }
    }
}
