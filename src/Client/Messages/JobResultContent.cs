using Molino.Core;

namespace Molino.Client;

/// <summary>The answer to a request for a result.</summary>
/// <param name="Job">The job when the wait ended; not terminal means that there is no result yet.</param>
/// <param name="MediaType">The content's media type; null when there is none.</param>
/// <param name="Content">The result, to be read once and disposed; null when the job is live, failed, cancelled or expired.</param>
public sealed record JobResultContent(JobView Job, string? MediaType, Stream? Content) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content?.DisposeAsync() ?? ValueTask.CompletedTask;
}
