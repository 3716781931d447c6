namespace Molino.Runtime.CodeGeneration;

/// <summary>A grain's stream as its readers see it. Each enumeration calls the grain anew.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="proxy">The grain.</param>
/// <param name="makeCall">Makes the call that opens the stream.</param>
/// <param name="batchSize">How many elements to read at once at most.</param>
/// <param name="callerToken">The token given to the method.</param>
internal sealed class GrainStream<T>(GrainProxy proxy, Func<GrainStreamCall<T>> makeCall, int batchSize, CancellationToken callerToken) : IAsyncEnumerable<T>
{
    /// <summary>How many elements are read at once unless the reader says otherwise; Orleans has the same.</summary>
    public const int DefaultBatchSize = 100;

    /// <summary>Returns the stream with another batch size.</summary>
    /// <param name="size">The size.</param>
    /// <returns>The stream.</returns>
    public GrainStream<T> With(int size) => new(proxy, makeCall, size, callerToken);

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerToken, cancellationToken);
        var open = makeCall();
        open.StreamId = Guid.NewGuid();
        open.BatchSize = batchSize;
        var isEnded = false;
        try
        {
            var batch = await proxy.CallAsync(open, either.Token);
            while (true)
            {
                foreach (var item in batch.Items)
                {
                    yield return item;
                }

                if (isEnded = batch.IsEnd)
                {
                    yield break;
                }

                batch = await proxy.CallAsync(new GrainStreamNext<T>(open.NextMethod) { StreamId = open.StreamId, BatchSize = batchSize }, either.Token);
            }
        }
        finally
        {
            if (!isEnded)
            {
                // Nobody waits for the end: if it gets lost, the grain ends the stream after a while.
                _ = proxy.CallAsync(new GrainStreamNext<T>(open.NextMethod) { StreamId = open.StreamId }, CancellationToken.None)
                    .ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }
}
