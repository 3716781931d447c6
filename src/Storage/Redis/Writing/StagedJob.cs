using Molino.Core;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>A job that a batch looks at or changes: as it is thought to be stored, and what the batch makes of it.</summary>
/// <param name="before">As it is thought to be stored; null for not at all.</param>
internal sealed class StagedJob(StoredJob? before)
{
    /// <summary>As it is thought to be stored.</summary>
    public StoredJob? Before { get; } = before;

    /// <summary>As it will be; null while there is none.</summary>
    public Job? Job { get; set; } = before?.Job;

    /// <summary>Place of its newest event in the batch, from 1; 0 when the batch does not change it.</summary>
    public int LastEvent { get; set; }

    /// <summary>For a new job its place among the new ones, from 1; else 0.</summary>
    public int Place { get; set; }

    /// <summary>For a new job with an idempotency key, what is stored under it.</summary>
    public byte[]? KeyValue { get; set; }

    /// <summary>Whether the batch makes it.</summary>
    public bool IsNew => Before is null && Job is not null;
}
