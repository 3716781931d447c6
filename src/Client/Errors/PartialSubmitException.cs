using Molino.Core;

namespace Molino.Client;

/// <summary>A large submit broke off between two of its batches: some jobs were accepted, the rest were not, or it is not known.</summary>
public sealed class PartialSubmitException : JobSystemException
{
    /// <summary>Describes the break.</summary>
    /// <param name="accepted">The jobs accepted before, in order.</param>
    /// <param name="cause">Why the next batch was not.</param>
    public PartialSubmitException(IReadOnlyList<JobId> accepted, JobSystemException cause)
        : base(cause.Code, FormattableString.Invariant($"{accepted.Count} jobs were accepted before: {cause.Message}"), cause) => Accepted = accepted;

    /// <summary>The jobs accepted before, in the order of the submit.</summary>
    public IReadOnlyList<JobId> Accepted { get; }
}
