namespace Molino.Execution.Runner;

/// <summary>Numbers a child's calls across its jobs, so that a late answer is never taken for that of another job's call.</summary>
internal sealed class RunnerCallIds
{
    private uint _last;

    internal uint Next() => Interlocked.Increment(ref _last);
}
