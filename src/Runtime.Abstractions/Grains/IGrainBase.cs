using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class implements, most often by deriving from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>Gets the context of this activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs after the state was read and before the first call.</summary>
    /// <param name="token">Cancelled when activation takes longer than the configured time.</param>
    /// <returns>A task; its failure fails the activation and the calls that wait for it.</returns>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call and before the activation is gone. Not guaranteed: processes die.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="token">Cancelled when deactivation takes longer than the configured time.</param>
    /// <returns>A task.</returns>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
