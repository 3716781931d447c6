using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The port of storage providers, registered by name as a keyed service. Every write checks the version (ETag).</summary>
public interface IGrainStorage
{
    /// <summary>Fills <paramref name="grainState"/> from the record; a missing record gives a new value, no ETag and no existence.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">Filled by this call.</param>
    /// <returns>A task.</returns>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Fills <paramref name="grainState"/> from the record.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">Filled by this call.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    /// <summary>Writes the record if its version is still the one in <paramref name="grainState"/>, and sets the new version there.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">The value and the version last seen.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InconsistentStateException">The version differs.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes the record if its version is still the one in <paramref name="grainState"/>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">The value and the version last seen.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    /// <summary>Deletes the record if its version is still the one in <paramref name="grainState"/>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">The version last seen; reset by this call.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InconsistentStateException">The version differs.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Deletes the record if its version is still the one in <paramref name="grainState"/>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="grainId">The identity of the grain.</param>
    /// <param name="grainState">The version last seen; reset by this call.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);
}
