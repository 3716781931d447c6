using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage;
using Orleans.Runtime;

namespace Molino.Client.Gateway;

/// <summary>Opens results: small ones come with the answer, others are streamed, and resumed where a stream broke off.</summary>
internal sealed class GatewayResults(GatewaySession session, GatewayCalls calls, MolinoGatewayOptions options)
{
    private const string Json = "application/json";
    private const int PartsAtOnce = 4;
    private const int ChunksAtOnce = 2;

    /// <summary>Opens the result of a job that was just read.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<JobResultContent> OpenAsync(JobView job, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Succeeded) return new JobResultContent(job, null, null);
        if (job.Result is { IsEmpty: false } known) return new JobResultContent(job, Json, new MemoryStream(known.Utf8.ToArray(), writable: false));
        var result = await calls.CallAsync("the read of a result", Repeat.Always, (gateway, _) => gateway.OpenResultAsync(job.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new JobResultContent(result.Job, result.MediaType, result switch
        {
            { IsStreamed: true } => new PartStream(token => ReadContentAsync(job.Id, token)),
            { Content: { } content } => new MemoryStream(content.ToArray(), writable: false),
            _ => null,
        });
    }

    /// <summary>Streams appended items.</summary>
    /// <param name="id">The job.</param>
    /// <param name="fromItem">The first line wanted, from 0.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public async IAsyncEnumerable<ResultChunk> ReadItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromItem;
        var chunks = FollowAsync(stream => stream.ReadItemsAsync(id, next, cancellationToken).WithBatchSize(ChunksAtOnce), cancellationToken);
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            next = chunk.FirstItem + chunk.Items;
            yield return chunk;
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadContentAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0L;
        var parts = FollowAsync(stream => stream.ReadContentAsync(id, read, cancellationToken).WithBatchSize(PartsAtOnce), cancellationToken);
        await foreach (var part in parts.ConfigureAwait(false))
        {
            read += part.Length;
            yield return part;
        }
    }

    /// <summary>Reads a stream to its end; one that breaks off is opened anew, for as long as calls are repeated since the last part came.</summary>
    private async IAsyncEnumerable<T> FollowAsync<T>(Func<IGatewayResultGrain, IAsyncEnumerable<T>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? failed = null;
        for (var broken = 0; ; broken++)
        {
            IAsyncEnumerator<T>? parts = null;
            GatewayFailure? failure = null;
            while (failure is null)
            {
                var isThere = false;
                try
                {
                    parts ??= open(await session.NewStreamAsync(cancellationToken).ConfigureAwait(false)).GetAsyncEnumerator(cancellationToken);
                    isThere = await parts.MoveNextAsync().ConfigureAwait(false);
                }
                catch (Exception error) when (error is not (JobValidationException or ObjectDisposedException))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    failure = GatewayFailure.Of(error, Repeat.Always, "the read of a result");
                }

                if (isThere)
                {
                    (broken, failed) = (0, null);
                    var isWanted = false;
                    try
                    {
                        yield return parts!.Current;
                        isWanted = true;
                    }
                    finally
                    {
                        if (!isWanted) await EndAsync(parts!).ConfigureAwait(false);
                    }
                }
                else if (failure is null)
                {
                    await EndAsync(parts!).ConfigureAwait(false);
                    yield break;
                }
            }

            if (parts is not null) await EndAsync(parts).ConfigureAwait(false);
            failed ??= options.TimeProvider.GetTimestamp();
            await calls.PauseAsync(failure.Value, broken, failed.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a stream; the gateway that had it may be gone, and ends it by itself otherwise.</summary>
    private static async ValueTask EndAsync<T>(IAsyncEnumerator<T> parts)
    {
        try
        {
            await parts.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or EnumerationAbortedException or OperationCanceledException)
        {
            return;
        }
    }
}
