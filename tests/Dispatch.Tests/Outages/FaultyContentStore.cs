using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Outages;

/// <summary>The real content store behind a door that a test can shut.</summary>
public sealed class FaultyContentStore(IJobContentStore inner) : IJobContentStore
{
    private volatile bool _refuses;
    private int _refused;

    /// <summary>Whether writes are refused.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>Writes that were refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public Task<bool> PutChunkAsync(JobId job, LeaseToken token, ResultChunk chunk, CancellationToken cancellationToken)
    {
        Check();
        return inner.PutChunkAsync(job, token, chunk, cancellationToken);
    }

    public IAsyncEnumerable<ResultChunk> ReadChunksAsync(JobId job, int epoch, long fromItem, CancellationToken cancellationToken) =>
        inner.ReadChunksAsync(job, epoch, fromItem, cancellationToken);

    public Task AppendLogAsync(JobId job, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        Check();
        return inner.AppendLogAsync(job, lines, cancellationToken);
    }

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadLogAsync(job, after, limit, cancellationToken);

    public Task<byte[]?> GetDataAsync(JobId job, string key, CancellationToken cancellationToken) => inner.GetDataAsync(job, key, cancellationToken);

    public Task<bool> PutDataAsync(JobId job, LeaseToken token, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Check();
        return inner.PutDataAsync(job, token, key, value, cancellationToken);
    }

    private void Check()
    {
        if (!Refuses) return;
        Interlocked.Increment(ref _refused);
        throw new StoreException(ErrorCodes.StoreUnavailable, "The test has shut the store.");
    }
}
