using Molino.Storage;

namespace Molino.Client;

/// <summary>Lines of a job's log.</summary>
/// <param name="Lines">In order.</param>
/// <param name="Next">Give it back as <c>after</c> for what follows.</param>
/// <param name="Finished">Whether the job is terminal and no line will follow.</param>
public sealed record LogView(IReadOnlyList<LogLine> Lines, long Next, bool Finished);
