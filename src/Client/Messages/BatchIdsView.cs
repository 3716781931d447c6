using Molino.Core;

namespace Molino.Client;

/// <summary>The answer to a batch that is all or nothing.</summary>
/// <param name="Ids">The jobs, in the order of the batch.</param>
public sealed record BatchIdsView(IReadOnlyList<JobId> Ids);
