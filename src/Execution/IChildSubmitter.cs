using Molino.Core;

namespace Molino.Execution;

/// <summary>Submits jobs on behalf of a running job.</summary>
public interface IChildSubmitter
{
    /// <summary>Submits a child, once per parent and key.</summary>
    /// <param name="parent">The running job.</param>
    /// <param name="type">The child's type.</param>
    /// <param name="args">Its arguments as JSON, UTF-8.</param>
    /// <param name="key">Names the child within the parent.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The child's id: of this submit or of the first with the key.</returns>
    Task<JobId> SubmitAsync(JobId parent, string type, ReadOnlyMemory<byte> args, string key, CancellationToken cancellationToken);
}
