using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Molino.Core;
using Molino.Storage.Moving.Archive;

namespace Molino.Storage.Moving;

/// <summary>Copies stores that no silo uses, and counts them.</summary>
public static class StoreMover
{
    private const int Batch = 500;

    /// <summary>At this many bytes a batch goes out, however few items it has.</summary>
    private const long BatchBytes = 4 << 20;

    /// <summary>Copies a store into a new one.</summary>
    /// <param name="from">The store.</param>
    /// <param name="to">Where the new one is made.</param>
    /// <param name="progress">Told of jobs as they are copied; null for nobody.</param>
    /// <param name="cancellationToken">Stops the copy; what was written until then is marked as unfinished.</param>
    /// <returns>The counts of both, the target's read back from it.</returns>
    /// <exception cref="StoreException">One of them is in use, cannot be reached, or the target is not empty.</exception>
    public static async Task<StoreComparison> CopyAsync(StoreAddress from, StoreAddress to, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var source = await OpenedStore.OpenAsync(from, cancellationToken).ConfigureAwait(false);
        await using var _ = source.ConfigureAwait(false);
        var unusedSince = await source.CheckUnusedAsync(cancellationToken).ConfigureAwait(false);
        return await MoveAsync(source.Export.ReadAsync(cancellationToken), to, () => source.CheckStillAsync(unusedSince, cancellationToken), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a store of an archive. The whole archive is checked before anything is written.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="to">Where the new store is made.</param>
    /// <param name="progress">Told of jobs as they are written; null for nobody.</param>
    /// <param name="cancellationToken">Stops the restore; what was written until then is marked as unfinished.</param>
    /// <returns>The counts of both, the target's read back from it.</returns>
    /// <exception cref="StoreException">The archive is damaged or too new; the target cannot be reached or is not empty.</exception>
    public static async Task<StoreComparison> RestoreAsync(string file, StoreAddress to, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        await foreach (var _ in StoreArchiveReader.ReadAsync(archive, cancellationToken).ConfigureAwait(false))
        {
            // Reading is the check.
        }

        archive.Position = 0;
        return await MoveAsync(StoreArchiveReader.ReadAsync(archive, cancellationToken), to, () => Task.CompletedTask, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an archive of a store that no silo uses.</summary>
    /// <param name="from">The store.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Told of jobs as they are read; null for nobody.</param>
    /// <param name="cancellationToken">Stops the backup.</param>
    public static async Task<StoreTally> BackupAsync(StoreAddress from, Stream output, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        var source = await OpenedStore.OpenAsync(from, cancellationToken).ConfigureAwait(false);
        await using var _ = source.ConfigureAwait(false);
        var tally = new StoreTally();
        var writer = new StoreArchiveWriter(output);
        await foreach (var item in source.Export.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            tally.Add(item);
            await writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
            if (item is StoreItem.StoredJob && tally.Jobs % Batch == 0) progress?.Report(tally.Jobs);
        }

        return tally;
    }

    /// <summary>Counts what a store holds, by reading all of it.</summary>
    /// <param name="address">The store.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    public static async Task<StoreTally> CountAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var store = await OpenedStore.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        await using var _ = store.ConfigureAwait(false);
        return await TallyAsync(store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Clears away a store that a copy or a restore left unfinished.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Whether something was there.</returns>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreNotEmpty"/>: a whole store is there; it is not touched.</exception>
    public static async Task<bool> DiscardAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var services = address.Build();
        await using var _ = services.ConfigureAwait(false);
        return await services.GetRequiredService<IStoreImport>().DiscardAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<StoreComparison> MoveAsync(
        IAsyncEnumerable<StoreItem> items, StoreAddress to, Func<Task> checkSource, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var tally = new StoreTally();
        var services = to.Build();
        await using (services.ConfigureAwait(false)) await ImportAsync(items, services.GetRequiredService<IStoreImport>(), tally, checkSource, progress, cancellationToken).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        progress?.Report(tally.Jobs);
        return StoreComparison.Of(tally, await RecountAsync(to, cancellationToken).ConfigureAwait(false), elapsed);
    }

    private static async Task ImportAsync(
        IAsyncEnumerable<StoreItem> items, IStoreImport import, StoreTally tally, Func<Task> checkSource, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var batch = new List<StoreItem>(Batch);
        long bytes = 0;
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            tally.Add(item);
            if (item is StoreItem.Head head)
            {
                await import.BeginAsync(head, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (item is not StoreItem.Tail)
            {
                batch.Add(item);
                bytes += WeightOf(item);
            }

            if (batch.Count == Batch || bytes >= BatchBytes || item is StoreItem.Tail)
            {
                await import.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
                bytes = 0;
                progress?.Report(tally.Jobs);
            }

            if (item is not StoreItem.Tail tail) continue;
            await checkSource().ConfigureAwait(false);
            tally.TakeBack(await import.CompleteAsync(tail, cancellationToken).ConfigureAwait(false));
            return;
        }
    }

    private static long WeightOf(StoreItem item) => item switch
    {
        StoreItem.StoredJob { Job: var job } => job.Spec.Args.Length + (job.Result?.Inline.Length ?? 0),
        StoreItem.ResultPart part => part.Packed.Length,
        StoreItem.LogLines log => log.Lines.Sum(line => (long)line.Text.Length),
        StoreItem.JobData data => data.Value.Length,
        StoreItem.GrainState state => state.Bytes.Length,
        _ => 0,
    };

    /// <summary>Reads the new store back, and lets its own counters be compared too: they were written beside the jobs.</summary>
    private static async Task<StoreTally> RecountAsync(StoreAddress to, CancellationToken cancellationToken)
    {
        var store = await OpenedStore.OpenAsync(to, cancellationToken).ConfigureAwait(false);
        await using var _ = store.ConfigureAwait(false);
        var tally = await TallyAsync(store, cancellationToken).ConfigureAwait(false);
        var totals = await store.TotalsAsync(cancellationToken).ConfigureAwait(false);
        if (totals.Live + totals.Finished != tally.Jobs || totals.Accepted != totals.Live + totals.Finished + totals.Removed)
            throw new StoreException(ErrorCodes.StoreCorrupt, $"The counters of {to.Name} do not add up after the move: {totals}. Its jobs are {tally.Jobs}. Do not use it.");
        return tally;
    }

    private static async Task<StoreTally> TallyAsync(OpenedStore store, CancellationToken cancellationToken)
    {
        var tally = new StoreTally();
        await foreach (var item in store.Export.ReadAsync(cancellationToken).ConfigureAwait(false)) tally.Add(item);
        return tally;
    }
}
