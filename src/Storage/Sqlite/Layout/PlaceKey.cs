using Molino.Core;
using Molino.Storage.Packing;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>
/// Where a job stands, as one number: the first column of the one index that serves ready, due, running and finished jobs.
/// </summary>
/// <remarks>
/// Bits 8 and up: a name's code (queue or silo); bits 4 to 7: the place; bits 0 to 3: 10 minus the priority, or the kind of end.
/// So the ready jobs of a queue are one range of keys in the order of dispatch, and a transition touches one index entry.
/// </remarks>
internal static class PlaceKey
{
    private const int Waiting = 0;
    private const int Scheduled = 1;
    private const int Ready = 2;
    private const int ReadySuspect = 3;
    private const int Running = 4;
    private const int RunningSuspect = 5;
    private const int Finished = 6;

    /// <summary>Kinds of end, by how long retention keeps them.</summary>
    public static ReadOnlySpan<JobStatus> Ends => [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Expired];

    public static long OfWaiting(int queue) => Key(queue, Waiting, 0);

    public static long OfScheduled(int queue) => Key(queue, Scheduled, 0);

    public static long OfReady(int queue, int priority) => Key(queue, Ready, JobPriority.Highest - priority);

    public static long OfReadySuspect(int queue, int priority) => Key(queue, ReadySuspect, JobPriority.Highest - priority);

    public static long OfRunning(int silo) => Key(silo, Running, 0);

    public static long OfRunningSuspect(int silo) => Key(silo, RunningSuspect, 0);

    public static long OfFinished(JobStatus end) => Key(0, Finished, (int)end);

    /// <summary>The key of a job.</summary>
    public static long Of(Job job, IPackNames names) => job.Status switch
    {
        JobStatus.Waiting => OfWaiting(names.CodeOf(job.Queue)),
        JobStatus.Scheduled => OfScheduled(names.CodeOf(job.Queue)),
        JobStatus.Queued when job.IsSuspect => OfReadySuspect(names.CodeOf(job.Queue), job.Priority),
        JobStatus.Queued => OfReady(names.CodeOf(job.Queue), job.Priority),
        JobStatus.Running when job.IsSuspect => OfRunningSuspect(names.CodeOf(job.Silo ?? "")),
        JobStatus.Running => OfRunning(names.CodeOf(job.Silo ?? "")),
        _ => OfFinished(job.Status),
    };

    /// <summary>The order within a key, before the sequence: due time (100 ns steps) or end (ms since 1970).</summary>
    public static long OrderOf(Job job) => job.Status switch
    {
        JobStatus.Scheduled => job.DueAt?.UtcTicks ?? 0,
        >= JobStatus.Succeeded => job.FinishedAt?.ToUnixTimeMilliseconds() ?? 0,
        _ => 0,
    };

    private static long Key(int name, int place, int part) => ((long)name << 8) | ((long)place << 4) | (long)part;
}
