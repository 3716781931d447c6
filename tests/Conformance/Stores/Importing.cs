using Molino.Storage.Moving;

namespace Molino.Conformance.Stores;

/// <summary>Makes a store of items.</summary>
public static class Importing
{
    /// <summary>Imports a whole stream, a few items at a time.</summary>
    public static async Task<ImportLeftOut> RunAsync(IAsyncEnumerable<StoreItem> items, StoreHarness target, CancellationToken stop)
    {
        await using var import = await target.CreateImportAsync();
        var batch = new List<StoreItem>();
        await foreach (var item in items.WithCancellation(stop))
        {
            if (item is StoreItem.Head head)
            {
                await import.BeginAsync(head, stop);
                continue;
            }

            if (item is not StoreItem.Tail) batch.Add(item);
            if (batch.Count == 37 || item is StoreItem.Tail)
            {
                await import.WriteAsync(batch, stop);
                batch.Clear();
            }

            if (item is StoreItem.Tail tail) return await import.CompleteAsync(tail, stop);
        }

        throw new InvalidOperationException("The stream has no tail.");
    }
}
