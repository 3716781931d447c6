using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Clustering;
using Molino.Core;

namespace Molino.Storage.Moving;

/// <summary>A store that was opened to be read.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    /// <summary>Silos beat every second: one that lives does so within this.</summary>
    private static readonly TimeSpan BeatWait = TimeSpan.FromSeconds(3);

    private readonly StoreAddress _address;
    private readonly ServiceProvider _services;

    private OpenedStore(StoreAddress address, ServiceProvider services)
    {
        _address = address;
        _services = services;
    }

    public IStoreExport Export => _services.GetRequiredService<IStoreExport>();

    /// <summary>Opens a store; a file that another process holds is <c>store_locked</c>.</summary>
    public static async Task<OpenedStore> OpenAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        if (address.Path is { } path && !File.Exists(path)) throw new StoreException(ErrorCodes.StoreUnavailable, $"There is no store at {path}.");
        var store = new OpenedStore(address, address.Build());
        try
        {
            await store._services.GetRequiredService<IJobStore>().OpenAsync($"molino-store/{Guid.NewGuid():N}", cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch (OptionsValidationException error)
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw new JobSystemException(ErrorCodes.InvalidRequest, string.Join(' ', error.Failures), error);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The store's books, which it keeps beside its jobs.</summary>
    public Task<StoreTotals> TotalsAsync(CancellationToken cancellationToken) => _services.GetRequiredService<IJobStore>().TotalsAsync(cancellationToken);

    /// <summary>Makes sure that no silo lives on the store.</summary>
    /// <returns>The beats as they stand; they must be the same at the end.</returns>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreInUse"/>.</exception>
    public async Task<HashSet<SiloBeat>> CheckUnusedAsync(CancellationToken cancellationToken)
    {
        var before = await BeatsAsync(cancellationToken).ConfigureAwait(false);
        if (before.Count == 0) return before;
        await Task.Delay(BeatWait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await CheckStillAsync(before, cancellationToken).ConfigureAwait(false);
        return before;
    }

    /// <summary>Makes sure that no silo has beaten since.</summary>
    public async Task CheckStillAsync(HashSet<SiloBeat> before, CancellationToken cancellationToken)
    {
        var alive = (await BeatsAsync(cancellationToken).ConfigureAwait(false)).Except(before).Select(beat => beat.Silo).Order(StringComparer.Ordinal).ToList();
        if (alive.Count == 0) return;
        throw new StoreException(
            ErrorCodes.StoreInUse,
            $"Silos live on {_address.Name}: {string.Join(", ", alive)}. Stop them first; to keep them running, take a backup over HTTP: molino store backup FILE.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<HashSet<SiloBeat>> BeatsAsync(CancellationToken cancellationToken) =>
        _services.GetService<IMembershipTable>() is { } table ? [.. await table.ReadBeatsAsync(cancellationToken).ConfigureAwait(false)] : [];
}
