namespace Molino.Storage.Moving;

/// <summary>
/// Makes a new store of a stream of <see cref="StoreItem"/>. From <see cref="BeginAsync"/> to <see cref="CompleteAsync"/> the store is marked as unfinished: no silo
/// starts on it (<c>store_incomplete</c>), and no import begins on it until it was cleared away.
/// </summary>
public interface IStoreImport : IAsyncDisposable
{
    /// <summary>Checks that nothing is there, takes the place, and marks it as unfinished.</summary>
    /// <param name="head">The first item of the stream.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="StoreException"><c>store_not_empty</c>, <c>store_incomplete</c>, <c>store_locked</c>, or what the store says.</exception>
    Task BeginAsync(StoreItem.Head head, CancellationToken cancellationToken);

    /// <summary>Writes items, in the order of the stream.</summary>
    /// <param name="items">Neither head nor tail. Jobs have to come in the order of their sequences.</param>
    /// <param name="cancellationToken">Stops between writes.</param>
    Task WriteAsync(IReadOnlyList<StoreItem> items, CancellationToken cancellationToken);

    /// <summary>Completes the store: gives it its identity, makes it durable, and takes the mark away.</summary>
    /// <param name="tail">The last item of the stream.</param>
    /// <param name="cancellationToken">Stops before the mark is taken away.</param>
    /// <returns>What of the stream was left out, because it went beyond what its job knew.</returns>
    Task<ImportLeftOut> CompleteAsync(StoreItem.Tail tail, CancellationToken cancellationToken);

    /// <summary>Clears an unfinished store away. Does nothing when nothing is there.</summary>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Whether something was there.</returns>
    /// <exception cref="StoreException"><c>store_not_empty</c>: a store is there that is not an unfinished one; it is not touched.</exception>
    Task<bool> DiscardAsync(CancellationToken cancellationToken);
}
