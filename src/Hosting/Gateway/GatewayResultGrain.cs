using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Client.Gateway;
using Molino.Core;
using Molino.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Molino.Hosting;

/// <summary>See <see cref="IGatewayResultGrain"/>. One activation, as a stream's reads must find the one that has it; it is in the client's gateway, and collected when idle.</summary>
[StatelessWorker(1), Reentrant]
[CollectionAgeLimit(Minutes = 2)] // a stream has an activation of its own: one that its client left would stay as long as the grain
public sealed class GatewayResultGrain(IMolinoTransport transport, ILogger<GatewayResultGrain> log) : Grain, IGatewayResultGrain
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadContentAsync(JobId id, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var opened = await AnswerAsync(() => transport.OpenResultAsync(GatewayChecks.Id(id), TimeSpan.Zero, cancellationToken), cancellationToken);
        await using var _ = opened;
        if (opened.Content is not { } content) yield break;
        while (true)
        {
            var part = new byte[GatewayLimits.PartBytes];
            var length = await AnswerAsync(() => content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken).AsTask(), cancellationToken);
            if (length > skip) yield return part.AsMemory((int)skip, length - (int)skip);
            if (length < part.Length) yield break;
            skip = Math.Max(0, skip - length);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResultChunk> ReadItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var chunks = transport.ReadResultItemsAsync(GatewayChecks.Id(id), GatewayChecks.NotNegative(fromItem, "from"), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await AnswerAsync(() => chunks.MoveNextAsync().AsTask(), cancellationToken)) yield return chunks.Current;
    }

    private Task<T> AnswerAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) => GatewayRefusal.AnswerAsync(call, log, cancellationToken);
}
