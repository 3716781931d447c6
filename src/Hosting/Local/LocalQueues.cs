using Molino.Client;
using Molino.Core;
using Molino.Execution;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Shows queues, and pauses them.</summary>
internal sealed class LocalQueues(IJobStore store, LocalDoorbell bell, QueueBells bells, TimeProvider time)
{
    public async Task<IReadOnlyList<QueueView>> QueuesAsync(CancellationToken cancellationToken)
    {
        var counts = await store.QueuesAsync(cancellationToken).ConfigureAwait(false);
        return [.. counts.Select(queue => JobViews.Of(queue, time.GetUtcNow()))];
    }

    public async Task<QueueView> QueueAsync(string queue, CancellationToken cancellationToken)
    {
        var counts = await store.QueueAsync(queue, cancellationToken).ConfigureAwait(false) ?? throw Unknown(queue);
        return JobViews.Of(counts, time.GetUtcNow());
    }

    public async Task<QueueView> SetQueuePausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        if (!await store.SetPausedAsync(queue, paused, cancellationToken).ConfigureAwait(false)) throw Unknown(queue);
        if (!paused && !bell.Ring(queue, isResumed: true)) bells.Ring(queue);
        return await QueueAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a queue ever had a job. Of a queue that another silo saw first the store is asked.</summary>
    public static async ValueTask<bool> KnowsAsync(IJobStore store, string queue, CancellationToken cancellationToken) =>
        store.KnowsQueue(queue) || (store.IsShared && await store.QueueAsync(queue, cancellationToken).ConfigureAwait(false) is not null);

    /// <summary>The error for a queue that never had a job.</summary>
    public static JobSystemException Unknown(string queue) => new(ErrorCodes.UnknownQueue, $"There is no queue '{queue}': no job was ever sent to it.");
}
