using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Accepts a store that replaced the one known, when an operator says so.</summary>
internal sealed class StoreAcceptor(IJobStore store, KnownStore known, TimeProvider time, ILogger<StoreAcceptor> log, IStoreReplacement? replacement = null)
{
    /// <summary>How long an answer waits for the store to be open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Accepts, and waits until the store is ready. Does nothing while the store is the one known.</summary>
    /// <exception cref="JobValidationException">The confirmation is not the cluster's id.</exception>
    public async Task<StoreView> AcceptAsync(string confirm, CancellationToken cancellationToken)
    {
        if (confirm != known.ClusterId) throw new JobValidationException(ErrorCodes.InvalidRequest, "confirm", "Give the cluster's id (Cluster:Id), to show that this cluster is meant.");
        var accepts = replacement is not null && store.Condition.Code == ErrorCodes.StoreReplaced;
        if (accepts)
        {
            replacement!.Accept();
            var started = time.GetTimestamp();
            while (!store.Condition.Ready && time.GetElapsedTime(started) < Patience) await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            known.TryRemember(store, log);
        }

        var part = SiloHealth.Of(store.Condition);
        return new StoreView(accepts, part.Status, part.Code, part.Message);
    }
}
