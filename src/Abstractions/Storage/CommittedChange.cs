using Molino.Core;

namespace Molino.Storage;

/// <summary>A change that is durable.</summary>
/// <param name="Job">The job after it.</param>
/// <param name="Kind">What happened.</param>
public readonly record struct CommittedChange(Job Job, JobEventKind Kind);
