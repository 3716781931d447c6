using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime;

/// <summary>What the base class and the extension methods need of the runtime's activation beyond <see cref="IGrainContext"/>.</summary>
internal interface IActivation : IGrainContext
{
    /// <summary>Gets the factory of references.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Gets the name of the silo.</summary>
    string SiloName { get; }

    /// <summary>Gets the open streams of this activation.</summary>
    CodeGeneration.StreamTable Streams { get; }

    /// <summary>Gets the activation whose turn runs on this thread, or null outside of turns.</summary>
    static IActivation? Current => (SynchronizationContext.Current as IActivationScope)?.Activation;

    /// <summary>Keeps the collector away for a time; a negative or zero span lifts that.</summary>
    /// <param name="timeSpan">The time from now.</param>
    void DelayDeactivation(TimeSpan timeSpan);

    /// <summary>Registers a timer of this activation.</summary>
    /// <typeparam name="TState">The type of the state handed to the callback.</typeparam>
    /// <param name="callback">Runs as a turn.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="options">Times and flags.</param>
    /// <returns>The timer.</returns>
    IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);

    /// <summary>Lets calls of this chain in while the section lasts.</summary>
    /// <param name="reentrancyId">The id of the call chain.</param>
    void EnterReentrantSection(Guid reentrancyId);

    /// <summary>Ends one section entered before.</summary>
    /// <param name="reentrancyId">The id of the call chain.</param>
    void ExitReentrantSection(Guid reentrancyId);
}
