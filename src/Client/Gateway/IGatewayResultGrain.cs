using Molino.Core;
using Molino.Storage;
using Orleans;

namespace Molino.Client.Gateway;

/// <summary>
/// Streams one result to a client, from the silo that is its gateway. Key: a new one for each stream, so that all reads of a stream meet the same activation. A stream
/// that was broken off is asked for anew, from where it was.
/// </summary>
[Alias("molino.gateway-result")]
public interface IGatewayResultGrain : IGrainWithGuidKey
{
    /// <summary>Streams a result's bytes, in parts of up to <see cref="GatewayLimits.PartBytes"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="skip">Bytes that the caller has already; not negative.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    [Alias("content")]
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadContentAsync(JobId id, long skip, CancellationToken cancellationToken);

    /// <summary>See <see cref="IMolinoTransport.ReadResultItemsAsync"/>.</summary>
    /// <param name="id">The job.</param>
    /// <param name="fromItem">The first item wanted, from 0.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    [Alias("items")]
    IAsyncEnumerable<ResultChunk> ReadItemsAsync(JobId id, long fromItem, CancellationToken cancellationToken);
}
