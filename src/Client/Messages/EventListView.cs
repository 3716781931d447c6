namespace Molino.Client;

/// <summary>Events read with a cursor.</summary>
/// <param name="Events">In order.</param>
/// <param name="Next">Give it back as <c>after</c>.</param>
/// <param name="Reset">Whether events before the first one here may have been missed: read the state again.</param>
public sealed record EventListView(IReadOnlyList<EventView> Events, string Next, bool Reset);
