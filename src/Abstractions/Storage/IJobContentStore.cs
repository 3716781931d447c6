using Molino.Core;

namespace Molino.Storage;

/// <summary>What belongs to a job and is kept apart from it: large results, log lines, effects and state.</summary>
public interface IJobContentStore
{
    /// <summary>Stores a part of a result, compressed. It counts once the attempt's success is stored; parts of other attempts are removed then.</summary>
    /// <param name="job">The job.</param>
    /// <param name="token">The attempt's lease token; must be current.</param>
    /// <param name="chunk">The part. The same index of the same attempt replaces the earlier one.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when the lease is no longer the attempt's.</returns>
    Task<bool> PutChunkAsync(JobId job, LeaseToken token, ResultChunk chunk, CancellationToken cancellationToken);

    /// <summary>Streams the parts of an accepted result, in order, from the one that holds an item; at most a few parts are in memory.</summary>
    /// <param name="job">The job.</param>
    /// <param name="epoch">The epoch of the accepted attempt.</param>
    /// <param name="fromItem">The first item wanted, from 0.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    IAsyncEnumerable<ResultChunk> ReadChunksAsync(JobId job, int epoch, long fromItem, CancellationToken cancellationToken);

    /// <summary>Adds lines to a job's log; not waited for by a power loss, kept by a crash of the silo.</summary>
    /// <param name="job">The job.</param>
    /// <param name="lines">The lines with their numbers.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task AppendLogAsync(JobId job, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken);

    /// <summary>Reads a job's log.</summary>
    /// <param name="job">The job.</param>
    /// <param name="after">Number of the last line known; 0 for all.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<LogLine>> ReadLogAsync(JobId job, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads what a job saved under a key.</summary>
    /// <param name="job">The job.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The bytes, or null.</returns>
    Task<byte[]?> GetDataAsync(JobId job, string key, CancellationToken cancellationToken);

    /// <summary>Saves bytes under a key of a job, durably.</summary>
    /// <param name="job">The job.</param>
    /// <param name="token">The attempt's lease token; must be current.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The bytes; up to 1 MiB.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when the lease is no longer the attempt's; nothing was saved.</returns>
    Task<bool> PutDataAsync(JobId job, LeaseToken token, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);
}
