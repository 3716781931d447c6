using Orleans;

namespace Molino.Client;

/// <summary>Events read with a cursor.</summary>
/// <param name="Events">In order.</param>
/// <param name="Next">Give it back as <c>after</c>.</param>
/// <param name="Reset">Whether events before the first one here may have been missed: read the state again.</param>
[GenerateSerializer, Immutable, Alias("client.event-list.v1")]
public sealed record EventListView([property: Id(0)] IReadOnlyList<EventView> Events, [property: Id(1)] string Next, [property: Id(2)] bool Reset);
