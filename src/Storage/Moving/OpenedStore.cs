using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Clustering;
using Molino.Core;

namespace Molino.Storage.Moving;

/// <summary>A store that was opened to be read.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    /// <summary>Silos put up what they do every second: one that lives does so within this.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

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
    /// <returns>The moment from which on it is unused, for <see cref="CheckStillAsync"/>.</returns>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreInUse"/>.</exception>
    public async Task<long> CheckUnusedAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (await NoticesAsync(cancellationToken).ConfigureAwait(false) is []) return started;
        await Task.Delay(Wait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await CheckStillAsync(started, cancellationToken).ConfigureAwait(false);
        return started;
    }

    /// <summary>Makes sure that no silo has put up anything since.</summary>
    public async Task CheckStillAsync(long since, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System.GetElapsedTime(since); // before the look, at whose time the ages are
        var alive = (await NoticesAsync(cancellationToken).ConfigureAwait(false)).Where(notice => notice.Age < time).Select(notice => notice.Silo).Order(StringComparer.Ordinal).ToList();
        if (alive.Count == 0) return;
        throw new StoreException(
            ErrorCodes.StoreInUse,
            $"Silos live on {_address.Name}: {string.Join(", ", alive)}. Stop them first; to keep them running, take a backup over HTTP: molino store backup FILE.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<IReadOnlyList<SiloNotice>> NoticesAsync(CancellationToken cancellationToken) =>
        _services.GetService<ISiloBoard>() is { } board ? await board.ReadAsync(cancellationToken).ConfigureAwait(false) : [];
}
