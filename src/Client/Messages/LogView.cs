using Molino.Storage;
using Orleans;

namespace Molino.Client;

/// <summary>Lines of a job's log.</summary>
/// <param name="Lines">In order.</param>
/// <param name="Next">Give it back as <c>after</c> for what follows.</param>
/// <param name="Finished">Whether the job is terminal and no line will follow.</param>
[GenerateSerializer, Immutable, Alias("client.log.v1")]
public sealed record LogView([property: Id(0)] IReadOnlyList<LogLine> Lines, [property: Id(1)] long Next, [property: Id(2)] bool Finished);
