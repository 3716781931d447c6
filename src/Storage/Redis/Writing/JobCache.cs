using Molino.Core;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>
/// Jobs as this process saw them last, so that completions need not read them again. Bounded, and never the truth: each change compares with what is stored.
/// </summary>
internal sealed class JobCache
{
    private const int MaxJobs = 8192;
    private const int MaxArgs = 2048;

    private readonly Lock _gate = new();
    private Dictionary<JobId, StoredJob> _new = [];
    private Dictionary<JobId, StoredJob> _old = [];

    /// <summary>Finds a job.</summary>
    public StoredJob? Find(JobId id)
    {
        lock (_gate)
        {
            if (_new.TryGetValue(id, out var stored)) return stored;
            return _old.TryGetValue(id, out stored) ? stored : null;
        }
    }

    /// <summary>Remembers a job that will change again, unless a later state of it is known.</summary>
    public void Put(StoredJob stored)
    {
        var job = stored.Job;
        if (job.Spec.Args.Length > MaxArgs || job.Result is not null)
        {
            Remove(job.Id);
            return;
        }

        lock (_gate)
        {
            if (_new.TryGetValue(job.Id, out var known) && known.Job.Version > job.Version) return;
            if (_new.Count >= MaxJobs) (_old, _new) = (_new, []);
            _new[job.Id] = stored;
        }
    }

    /// <summary>Forgets a job.</summary>
    public void Remove(JobId id)
    {
        lock (_gate)
        {
            _new.Remove(id);
            _old.Remove(id);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _new.Clear();
            _old.Clear();
        }
    }
}
