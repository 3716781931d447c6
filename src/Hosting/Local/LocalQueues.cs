using Molino.Client;
using Molino.Core;
using Molino.Grains;
using Molino.Storage;
using Orleans;

namespace Molino.Hosting;

/// <summary>Shows queues, and pauses them.</summary>
internal sealed class LocalQueues(IJobStore store, IGrainFactory grains, GrainCalls calls, TimeProvider time)
{
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken)
    {
        var counts = await store.QueuesAsync(cancellationToken).ConfigureAwait(false);
        var policies = await Task.WhenAll(counts.Select(queue => PolicyAsync(queue.Name, cancellationToken))).ConfigureAwait(false);
        return [.. counts.Select((queue, i) => JobViews.Of(queue, policies[i].Paused, time.GetUtcNow()))];
    }

    public async Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        var counts = await store.QueueAsync(queue, cancellationToken).ConfigureAwait(false) ?? throw Unknown(queue);
        var policy = await PolicyAsync(queue, cancellationToken).ConfigureAwait(false);
        return JobViews.Of(counts, policy.Paused, time.GetUtcNow());
    }

    public async Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        if (!await KnowsAsync(store, queue, cancellationToken).ConfigureAwait(false)) throw Unknown(queue);
        await calls.RepeatAsync(
            async _ =>
            {
                await grains.GetGrain<IQueueGrain>(queue).SetPausedAsync(paused).ConfigureAwait(false);
                return paused;
            },
            cancellationToken).ConfigureAwait(false);
        return await QueueAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    private Task<QueuePolicy> PolicyAsync(string queue, CancellationToken cancellationToken) =>
        calls.RepeatAsync(_ => grains.GetGrain<IQueueGrain>(queue).PolicyAsync(), cancellationToken);

    /// <summary>Whether a queue ever had a job. Of a queue that another silo saw first the store is asked.</summary>
    public static async ValueTask<bool> KnowsAsync(IJobStore store, string queue, CancellationToken cancellationToken) =>
        store.KnowsQueue(queue) || (store.IsShared && await store.QueueAsync(queue, cancellationToken).ConfigureAwait(false) is not null);

    /// <summary>The error for a queue that never had a job.</summary>
    public static JobSystemException Unknown(string queue) => new(ErrorCodes.UnknownQueue, $"There is no queue '{queue}': no job was ever sent to it.");
}
