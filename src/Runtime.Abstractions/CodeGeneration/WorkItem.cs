namespace Molino.Runtime.CodeGeneration;

/// <summary>Anything that an activation does in one turn. Linked into its queue without further allocation.</summary>
public abstract class WorkItem
{
    private protected WorkItem()
    {
    }

    /// <summary>The next item in whichever list holds this one.</summary>
    internal WorkItem? Next { get; set; }

    /// <summary>How many calls stand in the queue from this item down, itself included.</summary>
    internal int Depth { get; set; }

    /// <summary>Gets a value indicating whether the item counts towards the bound of the queue.</summary>
    internal virtual bool IsBounded => false;

    /// <summary>Runs on the turn of the activation.</summary>
    /// <param name="host">The activation.</param>
    internal abstract void Execute(ITurnHost host);
}
