using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on the store.</summary>
internal static class StoreDescriptions
{
    /// <summary>The media type of archives.</summary>
    public const string MediaType = "application/vnd.molino.store";

    /// <summary><c>GET /api/store/backup</c>.</summary>
    public static readonly ApiCall Backup = new()
    {
        Name = "backupStore",
        Group = "Store",
        Summary = "Back the store up, while it works",
        Description = "Streams an archive (docs/store-archive.md) with every job accepted before the call, each in a state that it really had, with results, logs, events, "
            + "queues' policies and users. It holds password hashes and everything that jobs carry: keep it as you keep the store. An archive without its end is refused by `molino store restore`.",
        Role = Role.Admin,
        Answers = [new ApiAnswer(200, "The archive.", typeof(string), "MOLINOAR...", MediaType)],
        Errors = [ErrorCodes.StoreUnavailable, ErrorCodes.NotAvailable],
    };
}
