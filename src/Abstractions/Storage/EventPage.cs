using Orleans;

namespace Molino.Storage;

/// <summary>Events read from the log.</summary>
/// <param name="Events">In commit order.</param>
/// <param name="Next">Read on from here.</param>
/// <param name="Reset">Whether events between the cursor given and the first here may be missing.</param>
[GenerateSerializer, Immutable, Alias("store.event-page.v1")]
public sealed record EventPage([property: Id(0)] IReadOnlyList<JobEventRecord> Events, [property: Id(1)] EventCursor Next, [property: Id(2)] bool Reset);
