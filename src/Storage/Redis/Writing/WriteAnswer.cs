using Molino.Core;

namespace Molino.Storage.Redis.Writing;

/// <summary>The answer to a <see cref="WriteItem"/>.</summary>
/// <param name="Changes">To each change, in order.</param>
/// <param name="Lease">To the lease; null when none was asked for.</param>
/// <param name="Expired">Jobs that the lease found too late to start: still to be ended.</param>
/// <param name="Now">The store's time of the commit.</param>
internal sealed record WriteAnswer(ChangeResult[] Changes, LeaseResult? Lease, IReadOnlyList<JobId> Expired, DateTimeOffset Now);
