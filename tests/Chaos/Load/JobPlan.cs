namespace Molino.Chaos;

/// <summary>A job to submit.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Priority">0 to 10.</param>
/// <param name="Milliseconds">How long an attempt takes.</param>
/// <param name="Fails">So many attempts fail.</param>
/// <param name="DelayMilliseconds">The delay before it is due; 0 for none.</param>
/// <param name="CancelAfterMilliseconds">When to ask for its cancellation after the answer; null for never.</param>
internal sealed record JobPlan(string Queue, int Priority, int Milliseconds, int Fails, int DelayMilliseconds, int? CancelAfterMilliseconds)
{
    public const int MaxAttempts = 4;

    public const string FastQueue = "fast";
    public const string WorkQueue = "work";
    public const string OrderedQueue = "ordered";

    /// <summary>Draws a job for the queues that have room.</summary>
    public static JobPlan Draw(Random random)
    {
        var long_ = random.Next(100) < 3;
        var queue = random.Next(3) < 2 ? FastQueue : WorkQueue;
        var milliseconds = queue == FastQueue ? random.Next(60) : long_ ? random.Next(1500, 5000) : random.Next(500);
        return new JobPlan(
            queue,
            random.Next(11),
            milliseconds,
            random.Next(100) switch { < 2 => MaxAttempts, < 12 => random.Next(1, 3), _ => 0 },
            random.Next(100) < 10 ? random.Next(200, 3000) : 0,
            random.Next(100) < 4 ? random.Next(600) : null);
    }

    /// <summary>Draws a job for the queue whose order is watched: short, never failing, never late.</summary>
    public static JobPlan DrawOrdered(Random random) => new(OrderedQueue, random.Next(11), random.Next(20, 120), 0, 0, null);
}
