using Molino.Core;

namespace Molino.Storage.Redis.Layout;

/// <summary>A job as stored.</summary>
/// <param name="Job">The job.</param>
/// <param name="LastEvent">Number of its newest event.</param>
/// <param name="Apart">What of it is kept apart from the record.</param>
internal readonly record struct StoredJob(Job Job, long LastEvent, RecordParts Apart);
