namespace Molino.Storage.Moving;

/// <summary>Reads all that an open store holds, while it goes on working.</summary>
public interface IStoreExport
{
    /// <summary>Streams the store, with bounded memory and in short reads that hold nobody up.</summary>
    /// <remarks>
    /// Every job that was accepted before the first item was asked for and that retention does not remove meanwhile comes once, in a state that it really had;
    /// none that was accepted later comes. Membership and etags are not part of it.
    /// </remarks>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    IAsyncEnumerable<StoreItem> ReadAsync(CancellationToken cancellationToken);
}
