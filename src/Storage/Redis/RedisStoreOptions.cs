using System.ComponentModel.DataAnnotations;

namespace Molino.Storage.Redis;

/// <summary>Where the Redis store is, and what it may use. Checked when the store is first asked for.</summary>
public sealed class RedisStoreOptions
{
    /// <summary>What a <see cref="Prefix"/> is made of, as a regular expression of all of it.</summary>
    public const string PrefixPattern = "[A-Za-z0-9._-]{1,100}";

    /// <summary>
    /// How to reach the server, in the form of StackExchange.Redis: <c>host:port</c> and settings, with commas between them:
    /// <c>user</c>, <c>password</c>, <c>ssl</c>, <c>sslHost</c>, <c>sslCa</c> (file of a certificate to trust), <c>defaultDatabase</c>, <c>connectTimeout</c> (ms),
    /// <c>name</c>, and <c>serviceName</c>: then the hosts are sentinels. Default <c>127.0.0.1:6379</c>.
    /// </summary>
    [Required]
    public string Connection { get; set; } = "127.0.0.1:6379";

    /// <summary>What all keys of the store start with, a colon follows; stores of several clusters may share a server. Default <c>molino</c>.</summary>
    [Required]
    [RegularExpression(PrefixPattern)]
    public string Prefix { get; set; } = "molino";

    /// <summary>Number of the database of large results, 0 to 1,023; null for that of the jobs.</summary>
    [Range(0, 1023)]
    public int? ContentDatabase { get; set; }

    /// <summary>Number of the database of grain state, membership and reminders, 0 to 1,023; null for that of the jobs.</summary>
    [Range(0, 1023)]
    public int? StateDatabase { get; set; }

    /// <summary>Replicas that must have a commit before it is answered, 0 to 16. Default 0: the primary alone.</summary>
    [Range(0, 16)]
    public int WaitReplicas { get; set; }

    /// <summary>How long a command may take before the store counts as away, 100 ms to 1 minute. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Batches that may be under way at once, 1 to 64. Default 4.</summary>
    [Range(1, 64)]
    public int BatchesInFlight { get; set; } = 4;

    /// <summary>Calls that may wait for the writer, 16 to 100,000; more wait for room. Default 8,192.</summary>
    [Range(16, 100_000)]
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>
    /// At this share of the server's memory in use (<c>maxmemory</c>, or the machine's memory where there is no limit), in percent, new jobs are refused
    /// (<c>store_full</c>) while running ones still end, 10 to 100. They are taken again 5 points below; health warns from 5 points below. 100 switches it off. Default 90.
    /// </summary>
    [Range(10, 100)]
    public int MemoryHighPercent { get; set; } = 90;

    /// <summary>How long parts of results are kept whose attempt never ended well, 1 hour to 36,526 days; each new part starts it anew. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36526.00:00:00")]
    public TimeSpan ContentLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The key (<see cref="StoreIdentity.Key"/>) that the store must have; null where none is known yet. A store with another one, or an empty one, is <c>store_replaced</c>.</summary>
    public string? ExpectedKey { get; set; }

    /// <summary>Whether a store must be there already: none is made. Default false.</summary>
    public bool MustExist { get; set; }
}
