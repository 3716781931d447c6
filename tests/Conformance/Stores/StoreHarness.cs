using System.Diagnostics;
using Molino.Storage.Moving;

namespace Molino.Conformance.Stores;

/// <summary>Makes, opens and closes one store of the kind under test. A store's tests give one subclass of this to every suite.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The clock of all stores that this opens in this process.</summary>
    public ManualTime Time { get; } = new();

    /// <summary>Opens the store; the same one again after <see cref="CloseAsync"/>.</summary>
    /// <param name="silo">Who opens it.</param>
    public abstract Task<StoreFaces> OpenAsync(string silo);

    /// <summary>Closes what <see cref="OpenAsync"/> opened, as a clean stop does.</summary>
    public abstract Task CloseAsync();

    /// <summary>Reads all of the open store.</summary>
    public abstract IStoreExport Export { get; }

    /// <summary>Makes a store where <see cref="OpenAsync"/> then finds it; disposed by the caller.</summary>
    public abstract Task<IStoreImport> CreateImportAsync();

    /// <summary>A child process that opens the same store and runs <see cref="CrashWriter"/> on it, with the system's clock.</summary>
    /// <param name="seed">Passed to the writer.</param>
    public abstract ProcessStartInfo CrashChild(int seed);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
