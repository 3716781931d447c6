namespace Orleans.Runtime;

/// <summary>One activation of a grain, as seen by the grain and by services made for it.</summary>
public interface IGrainContext
{
    /// <summary>Gets the identity of the grain.</summary>
    GrainId GrainId { get; }

    /// <summary>Gets a reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>Gets the grain object, or null before it was made and after it is gone.</summary>
    object? GrainInstance { get; }

    /// <summary>Gets the services of this activation; scoped services live as long as it does.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Gets a task that completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Starts to end this activation: no further call starts on it, those running are waited for. Calls that come later go to a new activation.</summary>
    /// <param name="deactivationReason">The reason handed to <see cref="IGrainBase.OnDeactivateAsync"/>.</param>
    /// <param name="cancellationToken">Cancels waiting for running calls.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
