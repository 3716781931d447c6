namespace Orleans.Core;

/// <summary>The stored state of a grain, without its value. To be used from within the grain's own turns.</summary>
public interface IStorage
{
    /// <summary>Gets the version of the record last read or written, or null when there is none.</summary>
    string? Etag { get; }

    /// <summary>Gets a value indicating whether a record existed when it was last read or written.</summary>
    bool RecordExists { get; }

    /// <summary>Deletes the record and resets the value.</summary>
    /// <returns>A task.</returns>
    /// <exception cref="Storage.InconsistentStateException">Another writer was faster.</exception>
    Task ClearStateAsync();

    /// <summary>Deletes the record and resets the value.</summary>
    /// <param name="cancellationToken">Handed to the provider.</param>
    /// <returns>A task.</returns>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Writes the value if the record is still the one last read or written.</summary>
    /// <returns>A task.</returns>
    /// <exception cref="Storage.InconsistentStateException">Another writer was faster.</exception>
    Task WriteStateAsync();

    /// <summary>Writes the value if the record is still the one last read or written.</summary>
    /// <param name="cancellationToken">Handed to the provider.</param>
    /// <returns>A task.</returns>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads the record; the value in memory is lost.</summary>
    /// <returns>A task.</returns>
    Task ReadStateAsync();

    /// <summary>Reads the record; the value in memory is lost.</summary>
    /// <param name="cancellationToken">Handed to the provider.</param>
    /// <returns>A task.</returns>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
