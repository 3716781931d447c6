using Molino.Core;
using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>A job that a batch changes: as it was stored, and what the batch makes of it. Nearly always by one change.</summary>
/// <param name="before">As it was stored; null for a new job.</param>
/// <param name="job">As it will be.</param>
internal sealed class StagedJob(StoredJob? before, Job job)
{
    private StagedChange _first;
    private List<StagedChange>? _more;

    /// <summary>As it was stored; null for a new job.</summary>
    public StoredJob? Before { get; } = before;

    /// <summary>As it will be after the changes so far.</summary>
    public Job Job { get; set; } = job;

    /// <summary>For a new job with an idempotency key, the hash of its content.</summary>
    public byte[]? KeyHash { get; init; }

    /// <summary>Changes so far.</summary>
    public int Count { get; private set; }

    /// <summary>A change, in order.</summary>
    public StagedChange this[int index] => index == 0 || _more is null ? _first : _more[index - 1];

    /// <summary>Adds a change.</summary>
    public void Add(StagedChange change)
    {
        if (Count++ == 0) _first = change;
        else (_more ??= []).Add(change);
    }
}
