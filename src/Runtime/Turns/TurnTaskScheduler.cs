namespace Molino.Runtime.Turns;

/// <summary>Makes <see cref="TaskScheduler.Current"/> the activation's within its turns, so that tasks started there without a scheduler stay in its turns, as in Orleans.</summary>
internal sealed class TurnTaskScheduler(TurnQueue queue) : TaskScheduler
{
    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action on this thread as if it were a task of this scheduler.</summary>
    /// <param name="action">The action.</param>
    /// <param name="state">Handed to the action; the queue itself, which marks the task as this one.</param>
    public void RunNow(Action<object?> action, TurnQueue state)
    {
        var slice = new Task(action, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        slice.Start(this);
        TryExecuteTask(slice);
    }

    /// <summary>Runs a task that was queued before.</summary>
    /// <param name="task">The task.</param>
    public void Run(Task task) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!ReferenceEquals(task.AsyncState, queue))
        {
            queue.Post(new TaskItem(this, task));
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => queue.IsCurrent && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
