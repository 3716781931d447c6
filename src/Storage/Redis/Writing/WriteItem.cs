using Molino.Core;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>What a caller wants done in one batch: changes, and perhaps a lease after them.</summary>
internal sealed class WriteItem
{
    private readonly TaskCompletionSource<WriteAnswer> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The changes, in order.</summary>
    public required IReadOnlyList<JobChange> Changes { get; init; }

    /// <summary>Whether one refused change leaves all undone.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>What to lease after the changes; null for nothing.</summary>
    public LeaseRequest? Lease { get; init; }

    /// <summary>A silo to remove in the same step: from then on its incarnation is refused.</summary>
    public string? RemovedSilo { get; init; }

    /// <summary>What the item adds to the batch itself, past the table of transitions; null for nothing.</summary>
    public IRawStep? Raw { get; init; }

    /// <summary>Whether it makes new jobs.</summary>
    public bool AddsJobs => Changes.Any(change => change.Event is JobEvent.Submitted);

    /// <summary>How much work it is, in changes.</summary>
    public int Weight => Changes.Count + (Lease?.Max ?? 0) + 1;

    /// <summary>Whether it has to be in a batch of its own: another's conflict must not repeat it, nor its conflict others.</summary>
    public bool StandsAlone => Raw is not null;

    /// <summary>Called once it has its place in the queue, before it is sent; null for nothing.</summary>
    public Action? WhenQueued { get; init; }

    /// <summary>Whether items that were queued later may be done earlier: it is sent again.</summary>
    public bool IsLate { get; set; }

    /// <summary>How often it was in a batch that met another's change.</summary>
    public int Conflicts { get; set; }

    /// <summary>Whether a batch that it was in may have been stored without an answer.</summary>
    public bool MaybeStored { get; set; }

    /// <summary>Whether doing it twice does no harm and gives the same answer.</summary>
    public bool IsRepeatable => Lease is null && Raw is null && Changes.All(change => change.ExpectedVersion is null && change.Event is not JobEvent.Progressed);

    /// <summary>The answer.</summary>
    public Task<WriteAnswer> Done => _done.Task;

    public void Succeed(WriteAnswer answer) => _done.TrySetResult(answer);

    public void Fail(Exception error) => _done.TrySetException(error);
}
