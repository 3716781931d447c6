using Molino.Core;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>A job with what its row keeps beside it.</summary>
/// <param name="Job">The job.</param>
/// <param name="LastEvent">Sequence of its newest event; events are chained backwards from there.</param>
/// <param name="Keyed">Whether it was submitted under an idempotency key.</param>
internal readonly record struct StoredJob(Job Job, long LastEvent, bool Keyed);
