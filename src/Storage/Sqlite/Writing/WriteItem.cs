namespace Molino.Storage.Sqlite.Writing;

/// <summary>A piece of work for the writer: done inside a transaction, answered after its commit.</summary>
internal abstract class WriteItem
{
    /// <summary>Whether its commit must wait for the disk.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether it makes the store grow by new jobs, which a full store refuses first.</summary>
    public bool AddsJobs { get; init; }

    /// <summary>How many changes it may make, for the size of a commit.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Called once it has its place in the queue, before it is taken; null for nothing.</summary>
    public Action? WhenQueued { get; init; }

    /// <summary>Does the work. May be called again after a rollback.</summary>
    public abstract void Execute(WriteSession session);

    /// <summary>The commit is done: answers the caller.</summary>
    public abstract void Complete();

    /// <summary>The work was not done, or it is not known whether it was.</summary>
    public abstract void Fail(Exception error);
}
