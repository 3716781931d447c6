using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>One change to one job: an event that the store applies inside its atomic step, by <see cref="JobTransitions"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Event">What happened. A <see cref="JobEvent.Submitted"/> creates the job.</param>
/// <param name="ExpectedVersion">The version the job must have; null when the event's token or the table is check enough.</param>
[GenerateSerializer, Immutable, Alias("store.job-change.v1")]
public sealed record JobChange([property: Id(0)] JobId Job, [property: Id(1)] JobEvent Event, [property: Id(2)] int? ExpectedVersion = null)
{
    /// <summary>A submit.</summary>
    /// <param name="spec">What is submitted; its creation time is the event's.</param>
    public static JobChange Submit(JobSpec spec) => new(spec.Id, new JobEvent.Submitted(spec.CreatedAt, spec));
}
