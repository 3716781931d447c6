using Molino.Core;

namespace Molino.Hosting;

/// <summary>What configuration says of submits.</summary>
/// <param name="Routes">Job type pattern to queue (<c>Routes:&lt;pattern&gt;</c>).</param>
/// <param name="MaxAttemptsOf">All attempts of a queue's jobs (<c>Queues:&lt;name&gt;:MaxAttempts</c>); null for the type's.</param>
public sealed record SubmissionDefaults(RouteTable Routes, Func<string, int?> MaxAttemptsOf)
{
    /// <summary>The queue of a job that names none: the routes', else the type's, else <c>default</c>.</summary>
    /// <param name="type">The job's type.</param>
    public string QueueFor(JobType type) => Routes.QueueFor(type.Name) ?? type.Options.Queue ?? RouteTable.DefaultQueue;
}
