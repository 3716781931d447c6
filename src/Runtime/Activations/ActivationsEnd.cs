using Molino.Runtime.References;
using Orleans;

namespace Molino.Runtime.Activations;

/// <summary>Ends all activations of a silo.</summary>
internal static class ActivationsEnd
{
    /// <summary>Ends them in order: running calls end first.</summary>
    /// <param name="catalog">Knows them.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public static async Task InOrderAsync(GrainCatalog catalog, CancellationToken cancellationToken)
    {
        // A call that was under way when the state changed may still have made an activation: look again until none is left.
        while (catalog.AllActivations() is { Count: > 0 } activations)
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
            foreach (var activation in activations)
            {
                activation.Deactivate(reason, cancellationToken);
            }

            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends them at once: what they do no longer counts.</summary>
    /// <param name="catalog">Knows them.</param>
    /// <param name="longest">How long to wait at most.</param>
    /// <param name="time">The clock.</param>
    /// <returns>A task.</returns>
    public static async Task AtOnceAsync(GrainCatalog catalog, TimeSpan longest, TimeProvider time)
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        var activations = catalog.AllActivations();
        var reason = new DeactivationReason(DeactivationReasonCode.DirectoryFailure, "The silo was removed from the cluster.");
        foreach (var activation in activations)
        {
            activation.Deactivate(reason, now.Token);
        }

        await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
