using Molino.Clustering;

namespace Molino.Conformance.Stores;

/// <summary>An open store, by its ports.</summary>
public sealed record StoreFaces(IJobStore Jobs, IJobContentStore Content, IEventLog Events, IStoreUpkeep Upkeep, IStateStore State, IReminderTable Reminders);
