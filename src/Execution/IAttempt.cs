using Molino.Core;

namespace Molino.Execution;

/// <summary>An attempt that is running here: what it runs, and the context its handler speaks to.</summary>
public interface IAttempt
{
    /// <summary>The job as leased.</summary>
    Job Job { get; }

    /// <summary>Its registered type.</summary>
    JobType Type { get; }

    /// <summary>What the handler asks and says.</summary>
    IJobContext Context { get; }

    /// <summary>Cancelled when the handler should stop; <see cref="IJobContext.StopReason"/> tells why.</summary>
    CancellationToken Stopping { get; }

    /// <summary>
    /// Whether the attempt still holds its lease, asked just before its handler starts: a silo that was stopped since it leased the job must not run what others have run
    /// meanwhile. Answers without a look while the lease is fresh.
    /// </summary>
    /// <returns>False when the handler must not start: the attempt ends as <see cref="AttemptEnd.Stopped"/>.</returns>
    ValueTask<bool> MayStartAsync();
}
