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
}
