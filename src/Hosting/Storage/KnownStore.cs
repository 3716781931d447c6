using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>
/// What this machine knows of the shared store: its key, in a small file beside the silo's other files, one per cluster, prefix and address. A silo that starts on an
/// emptied or another store sees that by it. A machine without the file believes the store.
/// </summary>
internal sealed partial class KnownStore
{
    private readonly string? _file;
    private string? _key;
    private volatile bool _isTold;

    /// <summary>Reads what is known.</summary>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="file">Where the key is kept; null for a store that is no server, and is known by its path.</param>
    public KnownStore(string clusterId, string? file)
    {
        ClusterId = clusterId;
        _file = file;
        _key = file is not null && File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : null;
    }

    public string ClusterId { get; }

    /// <summary>The store's key; null when no store is known.</summary>
    public string? Key => Volatile.Read(ref _key);

    /// <summary>Where the key is kept.</summary>
    public string? Place => _file;

    /// <summary>The file of a cluster's store.</summary>
    /// <param name="folder">The silo's data folder.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="prefix">What the store's keys start with.</param>
    /// <param name="address">The servers, as configured, without secrets.</param>
    public static string FileOf(string folder, string clusterId, string prefix, string address)
    {
        var place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..8];
        return Path.Combine(folder, $"store-{clusterId}-{prefix}-{place}.key");
    }

    /// <summary>
    /// Keeps the key of the store that is open now, if it is ready and another than the one known: first use, or an operator accepted it. A file that cannot be written is told
    /// once; the store is used all the same, as the one accepted has the key of the one that it replaced, so that a later start, which still knows that, follows.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="log">Tells the operator.</param>
    public void TryRemember(IJobStore store, ILogger log)
    {
        try
        {
            Remember(store);
            _isTold = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_isTold) LogNotRemembered(log, error, _file!);
            _isTold = true;
        }
    }

    private void Remember(IJobStore store)
    {
        if (_file is null || !store.Condition.Ready || store.Identity.Key is var key && key == Key) return;
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var written = $"{_file}.{Guid.NewGuid():N}"; // silos of one folder may write at once
        File.WriteAllText(written, key + "\n");
        File.Move(written, _file, overwrite: true);
        Volatile.Write(ref _key, key);
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "The key of the store could not be kept in {File}: after the next start an emptied store would be taken for a new one.")]
    private static partial void LogNotRemembered(ILogger log, Exception error, string file);
}
