using Molino.Core;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>One change of a batch.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Event">What happened.</param>
/// <param name="After">The job after it.</param>
internal readonly record struct StagedChange(int Index, JobEvent Event, Job After);
