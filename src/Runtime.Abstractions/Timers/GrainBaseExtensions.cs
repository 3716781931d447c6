using Molino.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Timers and deactivation for grain classes. To be called from within the grain's own turns.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Registers a timer.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on. The token is cancelled when the timer is disposed.</param>
    /// <param name="options">Times and flags.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(grain, static (run, token) => run(token), callback, options);
    }

    /// <summary>Registers a timer.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on. The token is cancelled when the timer is disposed.</param>
    /// <param name="dueTime">Time to the first tick.</param>
    /// <param name="period">Time from the end of a tick to the next.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Registers a timer.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on.</param>
    /// <param name="options">Times and flags.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(grain, static (run, _) => run(), callback, options);
    }

    /// <summary>Registers a timer.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on.</param>
    /// <param name="dueTime">Time to the first tick.</param>
    /// <param name="period">Time from the end of a tick to the next.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Registers a timer with a state.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on. The token is cancelled when the timer is disposed.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="options">Times and flags.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(grain, callback, state, options);
    }

    /// <summary>Registers a timer with a state.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Runs as a turn; its errors are logged and the timer goes on.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="options">Times and flags.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(grain, static (run, _) => run.Callback(run.State), (Callback: callback, State: state), options);
    }

    /// <summary>Ends this activation once the running calls have ended; later calls make a new one.</summary>
    /// <param name="grain">The grain.</param>
    public static void DeactivateOnIdle(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        grain.GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));
    }

    private static IGrainTimer Register<TState>(
        IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return ((IActivation)grain.GrainContext).RegisterTimer(callback, state, options);
    }
}
