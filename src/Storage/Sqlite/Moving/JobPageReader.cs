using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Sqlite.Reading;

namespace Molino.Storage.Sqlite.Moving;

/// <summary>Reads jobs in the order of acceptance, and what belongs to them, a bounded amount at a time.</summary>
internal static class JobPageReader
{
    private const int Jobs = 500;
    private const int Lines = 1000;
    private const int Data = 16;

    /// <summary>At this many bytes of arguments and results a page ends.</summary>
    private const int Bytes = 4 << 20;

    /// <summary>Reads jobs after a sequence, up to and with another, whole.</summary>
    public static List<StoreItem.StoredJob> Read(StoreReader reader, long after, long last)
    {
        var page = new List<StoreItem.StoredJob>();
        var bytes = 0;
        var rows = reader.Statement("SELECT seq, id, last_event, keyed, state, spec, result FROM jobs WHERE seq>?1 AND seq<=?2 ORDER BY seq LIMIT ?3");
        rows.Bind(1, after);
        rows.Bind(2, last);
        rows.Bind(3, Jobs);
        while (bytes < Bytes && rows.Step())
        {
            var stored = reader.Jobs.Read(rows, withResult: true);
            bytes += stored.Job.Spec.Args.Length + (stored.Job.Result?.Inline.Length ?? 0);
            page.Add(new StoreItem.StoredJob(stored.Job, stored.LastEvent, stored.Keyed ? ReadKey(reader, stored.Job) : null));
        }

        rows.Reset();
        return page;
    }

    /// <summary>Reads a part of a job's accepted result.</summary>
    /// <returns>The part, or null when there is none of this index.</returns>
    public static StoreItem.ResultPart? ReadPart(StoreReader reader, Job job, int index)
    {
        var row = reader.Statement("SELECT first, items, length, data FROM chunks WHERE job=?1 AND epoch=?2 AND number=?3");
        row.Bind(1, job.Sequence);
        row.Bind(2, job.Token.Epoch);
        row.Bind(3, index);
        var part = row.Step()
            ? new StoreItem.ResultPart(job.Id, job.Token.Epoch, index, row.Int64(0), row.Int64(1), (int)row.Int64(2), row.Blob(3).ToArray())
            : null;
        row.Reset();
        return part;
    }

    /// <summary>Reads log lines after a line, of jobs up to and with a sequence; lines of one job together.</summary>
    public static List<(long Job, List<LogLine> Lines)> ReadLines(StoreReader reader, (long Job, long Number) after, long last)
    {
        var found = new List<(long Job, List<LogLine> Lines)>();
        var rows = reader.Statement("SELECT job, number, at, attempt, line FROM log_lines WHERE (job, number)>(?1, ?2) AND job<=?3 ORDER BY job, number LIMIT ?4");
        rows.Bind(1, after.Job);
        rows.Bind(2, after.Number);
        rows.Bind(3, last);
        rows.Bind(4, Lines);
        while (rows.Step())
        {
            var job = rows.Int64(0);
            if (found.Count == 0 || found[^1].Job != job) found.Add((job, []));
            found[^1].Lines.Add(new LogLine(rows.Int64(1), new DateTimeOffset(rows.Int64(2), TimeSpan.Zero), (int)rows.Int64(3), rows.Text(4)));
        }

        rows.Reset();
        return found;
    }

    /// <summary>Reads what jobs saved, from a place on, of jobs up to and with a sequence.</summary>
    public static List<(long Job, string Key, byte[] Value)> ReadData(StoreReader reader, (long Job, string Key) from, bool including, long last)
    {
        var found = new List<(long, string, byte[])>();
        var rows = reader.Statement(
            $"SELECT job, key, value FROM job_data WHERE (job, key){(including ? ">=" : ">")}(?1, ?2) AND job<=?3 ORDER BY job, key LIMIT ?4");
        rows.Bind(1, from.Job);
        rows.Bind(2, from.Key);
        rows.Bind(3, last);
        rows.Bind(4, Data);
        while (rows.Step()) found.Add((rows.Int64(0), rows.Text(1), rows.Blob(2).ToArray()));
        rows.Reset();
        return found;
    }

    private static SubmittedKey? ReadKey(StoreReader reader, Job job)
    {
        if (!reader.Names.TryCodeOf(job.Spec.Type, out var type)) return null;
        var row = reader.Statement("SELECT hash, created FROM submit_keys WHERE type=?1 AND key=?2");
        row.Bind(1, type);
        row.Bind(2, job.Spec.IdempotencyKey ?? "");
        var key = row.Step() ? new SubmittedKey(row.Blob(0).ToArray(), new DateTimeOffset(row.Int64(1), TimeSpan.Zero)) : null;
        row.Reset();
        return key;
    }
}
