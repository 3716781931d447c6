using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Reading;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.Content;

/// <summary>Parts of results, log lines and data of jobs in Redis. Parts have a connection, and perhaps a database, of their own.</summary>
internal sealed class RedisContentStore(RedisEngine engine) : IJobContentStore
{
    private const int MaxChunk = 8 << 20;
    private const int MaxData = 1 << 20;
    private const int PartHead = 20;

    /// <inheritdoc/>
    public async Task<bool> PutChunkAsync(JobId job, LeaseToken token, ResultChunk chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Data.Length, MaxChunk, nameof(chunk));

        // Looked at first, not in one step: a part of an attempt that ended meanwhile is never read, and goes with its time to live.
        if (await FindAsync(job, cancellationToken).ConfigureAwait(false) is not { Status: JobStatus.Running } found || found.Token != token) return false;
        var key = engine.Keys.Parts(job, token.Epoch);
        var put = new RespCommand("HSET", chunk.Data.Length + 256).Arg(key).Arg(chunk.Index).Arg(PackPart(chunk)).Arg(FirstField(chunk.Index)).Arg(chunk.FirstItem);
        var written = engine.Content.WriteAsync(put, cancellationToken);
        var life = (long)engine.ContentLife.TotalSeconds;
        await engine.Content.WriteAsync(new RespCommand("EXPIRE").Arg(key).Arg(life), cancellationToken).ConfigureAwait(false);
        await written.ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResultChunk> ReadChunksAsync(
        JobId job, int epoch, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FindAsync(job, cancellationToken).ConfigureAwait(false) is not { Status: JobStatus.Succeeded or JobStatus.Running } found || found.Token.Epoch != epoch) yield break;
        var key = engine.Keys.Parts(job, epoch);
        var count = (await engine.Content.ReadAsync(RespCommand.Of("HLEN", key), cancellationToken).ConfigureAwait(false)).Number / 2;
        for (var index = await FirstAsync(key, (int)count, fromItem, cancellationToken).ConfigureAwait(false); index < count; index++)
        {
            var reply = await engine.Content.ReadAsync(new RespCommand("HGET").Arg(key).Arg(index), cancellationToken).ConfigureAwait(false);
            if (reply.IsNull) throw new JobSystemException(ErrorCodes.Gone, $"Part {index} of the result of job {job} is no longer kept.");
            yield return UnpackPart(index, reply.Bytes);
        }
    }

    /// <inheritdoc/>
    public async Task AppendLogAsync(JobId job, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0) return;
        var values = new RespArguments(lines.Count * 128).Add(JobReader.Bytes(job));
        foreach (var line in lines) values.Add(line.Number).Add(PackLine(line));
        await engine.Jobs.WriteAsync(StoreScript.AppendLog.Call([engine.Keys.Jobs, engine.Keys.Log(job)], values), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, long after, int limit, CancellationToken cancellationToken)
    {
        if (limit <= 0) return [];
        var from = (after + 1).ToString(CultureInfo.InvariantCulture);
        var command = new RespCommand("XRANGE").Arg(engine.Keys.Log(job)).Arg(from).Arg("+").Arg("COUNT").Arg(limit);
        var rows = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        return [.. rows.Select(row => UnpackLine(row.Items[0].Text, row.Items[1].Items[1].Bytes))];
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetDataAsync(JobId job, string key, CancellationToken cancellationToken)
    {
        var reply = await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Data(job), key), cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : reply.Bytes;
    }

    /// <inheritdoc/>
    public async Task<bool> PutDataAsync(JobId job, LeaseToken token, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxData, nameof(value));
        var guard = new byte[12];
        JobRecord.WriteToken(token, guard);
        var values = new RespArguments(value.Length + 256).Add(engine.Silo).Add(JobReader.Bytes(job)).Add(guard).Add(key).Add(value.Span);
        var call = StoreScript.PutIfLeased.Call([engine.Keys.Jobs, engine.Keys.Data(job), engine.Keys.Fence], values);
        var reply = await engine.ConfirmAsync(engine.Jobs.WriteAsync(call, cancellationToken)).ConfigureAwait(false);
        return string.Equals(reply.Text, "done", StringComparison.Ordinal);
    }

    /// <summary>The field that says what item a part starts with, so that a part is found without reading others.</summary>
    internal static string FirstField(int index) => string.Create(CultureInfo.InvariantCulture, $"first{index}");

    /// <summary>Packs a part whose bytes are compressed already.</summary>
    internal static byte[] PackPart(long firstItem, long items, int length, ReadOnlySpan<byte> compressed)
    {
        var part = new byte[PartHead + compressed.Length];
        BinaryPrimitives.WriteInt64BigEndian(part, firstItem);
        BinaryPrimitives.WriteInt64BigEndian(part.AsSpan(8), items);
        BinaryPrimitives.WriteInt32BigEndian(part.AsSpan(16), length);
        compressed.CopyTo(part.AsSpan(PartHead));
        return part;
    }

    /// <summary>Takes a part apart; its bytes stay compressed.</summary>
    internal static (long FirstItem, long Items, int Length, ReadOnlyMemory<byte> Compressed) SplitPart(byte[] part) => (
        BinaryPrimitives.ReadInt64BigEndian(part),
        BinaryPrimitives.ReadInt64BigEndian(part.AsSpan(8)),
        BinaryPrimitives.ReadInt32BigEndian(part.AsSpan(16)),
        part.AsMemory(PartHead));

    private static byte[] PackPart(ResultChunk chunk) => PackPart(chunk.FirstItem, chunk.Items, chunk.Data.Length, ChunkCodec.Compress(chunk.Data.Span));

    private static ResultChunk UnpackPart(int index, byte[] bytes)
    {
        var part = SplitPart(bytes);
        return new ResultChunk(index, part.FirstItem, part.Items, ChunkCodec.Decompress(part.Compressed.Span, part.Length));
    }

    internal static byte[] PackLine(LogLine line)
    {
        var buffer = new PackBuffer(16 + line.Text.Length);
        buffer.Signed(StoreTicks.Of(line.At));
        buffer.Signed(line.Attempt);
        buffer.Text(line.Text);
        return buffer.Written.ToArray();
    }

    internal static LogLine UnpackLine(string id, byte[] packed)
    {
        var reader = new PackReader(packed);
        var number = long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
        return new LogLine(number, StoreTicks.ToTime(reader.Signed()), (int)reader.Signed(), reader.Text());
    }

    private async Task<Job?> FindAsync(JobId job, CancellationToken cancellationToken) => (await engine.Reader.FindAsync(job, cancellationToken).ConfigureAwait(false))?.Job;

    /// <summary>Finds the part that holds an item, by halving.</summary>
    private async Task<int> FirstAsync(string key, int count, long fromItem, CancellationToken cancellationToken)
    {
        var (low, high) = (0, count - 1);
        while (fromItem > 0 && low < high)
        {
            var middle = (low + high + 1) / 2;
            var reply = await engine.Content.ReadAsync(RespCommand.Of("HGET", key, FirstField(middle)), cancellationToken).ConfigureAwait(false);
            if (reply.IsNull) break;
            if (reply.Number <= fromItem) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
