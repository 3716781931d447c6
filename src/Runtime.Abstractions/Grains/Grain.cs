using Molino.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains. Every member is to be used from within the grain's own turns.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IActivation? _activation;

    /// <summary>Initializes a new instance of the <see cref="Grain"/> class. Only the runtime makes grains.</summary>
    protected Grain() => _activation = IActivation.Current;

    /// <summary>Gets the context of this activation.</summary>
    public IGrainContext GrainContext => Activation;

    /// <summary>Gets a reference to this grain.</summary>
    public GrainReference GrainReference => Activation.GrainReference;

    /// <summary>Gets the text of this grain's identity.</summary>
    public string IdentityString => Activation.GrainId.ToString();

    /// <summary>Gets the name of the silo that this activation lives in.</summary>
    public string RuntimeIdentity => Activation.SiloName;

    /// <summary>Gets the factory of references to grains.</summary>
    protected IGrainFactory GrainFactory => Activation.GrainFactory;

    /// <summary>Gets the services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => Activation.ActivationServices;

    private IActivation Activation => _activation
        ?? throw new InvalidOperationException($"{GetType()} was not made by the runtime: grains exist only inside a silo.");

    /// <summary>Runs after the state was read and before the first call.</summary>
    /// <param name="cancellationToken">Cancelled when activation takes longer than the configured time.</param>
    /// <returns>A task; its failure fails the activation and the calls that wait for it.</returns>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call and before the activation is gone. Not guaranteed: processes die.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="cancellationToken">Cancelled when deactivation takes longer than the configured time.</param>
    /// <returns>A task.</returns>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the running calls have ended; later calls make a new one.</summary>
    protected void DeactivateOnIdle() => Activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    /// <summary>Keeps the collector of idle activations away for a time.</summary>
    /// <param name="timeSpan">The time from now; zero or less lifts an earlier delay.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
