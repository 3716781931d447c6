using Molino.Core;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>The running jobs that the writer has seen, so that completions need not read them again. Bounded; never the truth after a rollback.</summary>
internal sealed class JobCache
{
    private const int MaxJobs = 8192;
    private const int MaxArgs = 2048;

    private readonly Dictionary<JobId, StoredJob> _jobs = [];

    public bool TryGet(JobId id, out StoredJob stored) => _jobs.TryGetValue(id, out stored);

    /// <summary>Keeps a running job, forgets any other.</summary>
    public void Put(StoredJob stored)
    {
        var job = stored.Job;
        if (job.Status != JobStatus.Running)
        {
            _jobs.Remove(job.Id);
        }
        else if (job.Spec.Args.Length <= MaxArgs)
        {
            if (_jobs.Count >= MaxJobs && !_jobs.ContainsKey(job.Id)) return;
            _jobs[job.Id] = stored;
        }
        else
        {
            _jobs.Remove(job.Id);
        }
    }
}
