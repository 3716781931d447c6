using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Content;

/// <summary>Parts of results, log lines and data of jobs in SQLite.</summary>
internal sealed class SqliteContentStore(SqliteEngine engine) : IJobContentStore
{
    private const int MaxChunk = 8 << 20;
    private const int MaxData = 1 << 20;

    /// <inheritdoc/>
    public Task<bool> PutChunkAsync(JobId job, LeaseToken token, ResultChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Data.Length, MaxChunk, nameof(chunk));
        var compressed = ChunkCodec.Compress(chunk.Data.Span);
        return WriteAsync(durable: false, session => WithLease(session, job, token, sequence => session.Content.PutChunk(sequence, token.Epoch, chunk, compressed)), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResultChunk> ReadChunksAsync(
        JobId job, int epoch, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = await engine.Readers.ReadAsync(reader => ChunkReader.Find(reader, job, epoch, fromItem), cancellationToken).ConfigureAwait(false);
        if (place is not { } found) yield break;
        for (var number = found.Number; number < found.Count; number++)
        {
            var index = number;
            var chunk = await engine.Readers.ScanAsync(reader => ChunkReader.Read(reader, found.Job, epoch, index), cancellationToken).ConfigureAwait(false);
            yield return chunk ?? throw new JobSystemException(ErrorCodes.Gone, $"Part {index} of the result of job {job} is no longer kept.");
        }
    }

    /// <inheritdoc/>
    public Task AppendLogAsync(JobId job, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return WriteAsync(
            durable: false,
            session =>
            {
                if (session.Find(job) is not { } found) return false;
                foreach (var line in lines) session.Content.PutLine(found.Job.Sequence, line);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, long after, int limit, CancellationToken cancellationToken) =>
        engine.Readers.ScanAsync<IReadOnlyList<LogLine>>(reader => ReadLog(reader, job, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> GetDataAsync(JobId job, string key, CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync(reader => ReadData(reader, job, key), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PutDataAsync(JobId job, LeaseToken token, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxData, nameof(value));
        return WriteAsync(durable: true, session => WithLease(session, job, token, sequence => session.Content.PutData(sequence, key, value.Span)), cancellationToken);
    }

    private static bool WithLease(WriteSession session, JobId job, LeaseToken token, Action<long> write)
    {
        if (session.Find(job) is not { } found || found.Job.Status != JobStatus.Running || found.Job.Token != token) return false;
        write(found.Job.Sequence);
        return true;
    }

    private static List<LogLine> ReadLog(StoreReader reader, JobId job, long after, int limit)
    {
        if (reader.Jobs.FindSequence(job) is not { } sequence) return [];
        var rows = reader.Statement("SELECT number, at, attempt, line FROM log_lines WHERE job=?1 AND number>?2 ORDER BY number LIMIT ?3");
        rows.Bind(1, sequence);
        rows.Bind(2, after);
        rows.Bind(3, Math.Max(0, limit));
        var lines = new List<LogLine>();
        while (rows.Step()) lines.Add(new LogLine(rows.Int64(0), new DateTimeOffset(rows.Int64(1), TimeSpan.Zero), (int)rows.Int64(2), rows.Text(3)));
        rows.Reset();
        return lines;
    }

    private static byte[]? ReadData(StoreReader reader, JobId job, string key)
    {
        if (reader.Jobs.FindSequence(job) is not { } sequence) return null;
        var row = reader.Statement("SELECT value FROM job_data WHERE job=?1 AND key=?2");
        row.Bind(1, sequence);
        row.Bind(2, key);
        var value = row.Step() ? row.Blob(0).ToArray() : null;
        row.Reset();
        return value;
    }

    private Task<bool> WriteAsync(bool durable, Func<WriteSession, bool> work, CancellationToken cancellationToken) =>
        engine.WriteAsync(new WriteItem<bool>(work) { Durable = durable }, cancellationToken);
}
