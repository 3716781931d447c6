using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Moving.Archive;

namespace Molino.Api;

/// <summary>Hands the store out as an archive, while it works.</summary>
/// <param name="stores">The store, where the host is a silo.</param>
/// <param name="time">Names the archive.</param>
/// <param name="logger">Where backups that break off go.</param>
internal sealed partial class StoreCalls(IEnumerable<IStoreExport> stores, TimeProvider time, ILogger<StoreCalls> logger)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls) => calls.Add("GET", "/api/store/backup", StoreDescriptions.Backup, BackupAsync);

    private async Task BackupAsync(HttpContext context, CallQuery query)
    {
        var store = stores.FirstOrDefault() ?? throw new JobSystemException(ErrorCodes.NotAvailable, "This host has no store of its own to back up.");
        await using var items = store.ReadAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        await items.MoveNextAsync(); // a store that cannot be read is answered as an error, not as a broken archive
        var name = string.Create(CultureInfo.InvariantCulture, $"molino-{time.GetUtcNow():yyyyMMdd-HHmmss}.molino");
        context.Response.ContentType = StoreDescriptions.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.CacheControl = "no-store";
        var writer = new StoreArchiveWriter(context.Response.Body);
        try
        {
            do await writer.WriteAsync(items.Current, context.RequestAborted);
            while (await items.MoveNextAsync());
        }
        catch (JobSystemException error)
        {
            LogBroken(logger, error);
            context.Abort(); // the archive has no end, so no reader takes it for a whole one
        }
    }

    [LoggerMessage(EventId = 4010, Level = LogLevel.Warning, Message = "A backup of the store broke off")]
    private static partial void LogBroken(ILogger logger, Exception error);
}
