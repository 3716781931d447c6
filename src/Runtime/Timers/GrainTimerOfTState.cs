using Molino.Runtime.Activations;
using Orleans.Runtime;

namespace Molino.Runtime.Timers;

/// <summary>A timer with the state that it hands to its callback.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    /// <inheritdoc/>
    protected override Task TickAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
