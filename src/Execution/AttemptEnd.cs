using Molino.Core;

namespace Molino.Execution;

/// <summary>How a handler's run ended, before the store has judged it.</summary>
public abstract record AttemptEnd
{
    private AttemptEnd()
    {
    }

    /// <summary>The handler returned.</summary>
    /// <param name="Json">Its result as JSON, UTF-8.</param>
    public sealed record Returned(ReadOnlyMemory<byte> Json) : AttemptEnd;

    /// <summary>The handler threw, or its child process ended by itself.</summary>
    /// <param name="Error">What went wrong.</param>
    /// <param name="Permanent">Whether another attempt cannot help.</param>
    public sealed record Failed(JobError Error, bool Permanent) : AttemptEnd
    {
        /// <summary>What went wrong, within the limits of <see cref="JobError.Bounded"/>.</summary>
        public JobError Error { get; } = Error.Bounded();
    }

    /// <summary>The handler asked to run again later.</summary>
    /// <param name="Delay">How much later.</param>
    public sealed record Snoozed(TimeSpan Delay) : AttemptEnd;

    /// <summary>The handler stopped because its token was cancelled, and is cleaned up.</summary>
    public sealed record Stopped : AttemptEnd;

    /// <summary>It was killed; nothing of it runs any more.</summary>
    /// <param name="LastOutput">Its last lines of output; null when there are none.</param>
    public sealed record Killed(string? LastOutput) : AttemptEnd;

    /// <summary>It was told to end and did not: an inline handler that ignores its token.</summary>
    /// <param name="Handler">Completes when it returns at last; its slot is lost until then.</param>
    public sealed record Abandoned(Task Handler) : AttemptEnd;
}
