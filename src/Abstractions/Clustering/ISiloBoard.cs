using Molino.Storage;

namespace Molino.Clustering;

/// <summary>
/// Where silos put up what they do, for operators, and find what an operator asks of them. Kept in the shared store, so that it is read and written
/// also while silos cannot reach each other. It decides nothing: who is a member and who died, the cluster decides.
/// </summary>
/// <remarks>Every call may throw <see cref="StoreException"/>.</remarks>
public interface ISiloBoard
{
    /// <summary>Puts up what this silo does now, in the place of what it put up before.</summary>
    /// <param name="report">The report, in the silos' own form.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The last order for this silo; null when there was none.</returns>
    /// <exception cref="StoreException"><c>silo_removed</c>: the cluster removed this silo.</exception>
    Task<SiloInstruction?> PostAsync(ReadOnlyMemory<byte> report, CancellationToken cancellationToken);

    /// <summary>Reads what all silos put up. Reports of removed silos are kept for some minutes.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<IReadOnlyList<SiloNotice>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Leaves an order for a silo, in the place of the one before.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="text">What it is to do.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The order's number; null when the silo has put up nothing.</returns>
    Task<long?> InstructAsync(string silo, string text, CancellationToken cancellationToken);

    /// <summary>Takes down what this silo put up: it leaves.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task LeaveAsync(CancellationToken cancellationToken);
}
