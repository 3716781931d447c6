using Molino.Core;

namespace Molino.Storage;

/// <summary>What another process did to a job that matters to this one.</summary>
/// <param name="Job">The job.</param>
/// <param name="Kind">What happened.</param>
public readonly record struct JobNotice(JobId Job, JobNoticeKind Kind);
