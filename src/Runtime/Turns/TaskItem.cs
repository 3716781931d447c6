using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Turns;

/// <summary>A task that a grain started on its own scheduler.</summary>
internal sealed class TaskItem(TurnTaskScheduler scheduler, Task task) : WorkItem
{
    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => scheduler.Run(task);
}
