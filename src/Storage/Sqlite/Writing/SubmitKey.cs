using Molino.Core;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>The first submit under an idempotency key.</summary>
/// <param name="Job">The job.</param>
/// <param name="Hash">What was asked for (<see cref="Packing.JobContentHash"/>).</param>
/// <param name="Ended">How the job ended, when retention removed it and only the key is left; null while it is kept.</param>
internal sealed record SubmitKey(JobId Job, byte[] Hash, JobStatus? Ended);
