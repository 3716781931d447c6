using Molino.Core;

namespace Molino.Api;

/// <summary>The answer to a batch that is all or nothing.</summary>
/// <param name="Ids">The jobs' ids, in the batch's order.</param>
internal sealed record BatchAnswer(IReadOnlyList<JobId> Ids);
