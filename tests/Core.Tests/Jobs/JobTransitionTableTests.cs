using static Molino.Core.JobEventKind;
using static Molino.Core.JobStatus;

namespace Molino.Core.Tests.Jobs;

/// <summary>Every (state, event) pair, against the table of design section 4 written out here by hand: null is illegal.</summary>
public sealed class JobTransitionTableTests
{
    private static readonly Dictionary<(JobStatus, JobEventKind), JobStatus> Legal = new()
    {
        [(Waiting, HoldReleased)] = Queued,
        [(Waiting, ParentsFinished)] = Queued,
        [(Waiting, Unparked)] = Queued,
        [(Waiting, Reprioritised)] = Waiting,
        [(Waiting, Rescheduled)] = Waiting,
        [(Waiting, CancelRequested)] = Cancelled,
        [(Waiting, JobEventKind.Expired)] = JobStatus.Expired,
        [(Scheduled, BecameDue)] = Queued,
        [(Scheduled, Reprioritised)] = Scheduled,
        [(Scheduled, Rescheduled)] = Scheduled,
        [(Scheduled, Leased)] = Running,
        [(Scheduled, CancelRequested)] = Cancelled,
        [(Scheduled, JobEventKind.Expired)] = JobStatus.Expired,
        [(Queued, Parked)] = Waiting,
        [(Queued, Reprioritised)] = Queued,
        [(Queued, Rescheduled)] = Scheduled,
        [(Queued, Leased)] = Running,
        [(Queued, CancelRequested)] = Cancelled,
        [(Queued, JobEventKind.Expired)] = JobStatus.Expired,
        [(Running, Progressed)] = Running,
        [(Running, JobEventKind.Succeeded)] = JobStatus.Succeeded,
        [(Running, AttemptFailed)] = Cancelled, // the sample has been asked to stop
        [(Running, LeaseLost)] = Cancelled,
        [(Running, HandedBack)] = Cancelled,
        [(Running, CancelRequested)] = Running,
        [(Running, CancelConfirmed)] = Cancelled,
        [(Running, Quarantined)] = Cancelled,
        [(Failed, RetriedByHand)] = Queued,
        [(Failed, Archived)] = Failed,
    };

    public static TheoryData<JobStatus, JobEventKind> Pairs
    {
        get
        {
            var pairs = new TheoryData<JobStatus, JobEventKind>();
            foreach (var status in Enum.GetValues<JobStatus>())
            {
                foreach (var kind in Enum.GetValues<JobEventKind>()) pairs.Add(status, kind);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Apply_EveryPair_FollowsTheTable(JobStatus status, JobEventKind kind)
    {
        var job = Samples.In(status);
        var change = Samples.Event(kind, job);

        JobTransitions.IsLegal(status, kind).ShouldBe(Legal.ContainsKey((status, kind)));
        if (Legal.TryGetValue((status, kind), out var expected))
        {
            JobTransitions.Apply(job, change).Status.ShouldBe(expected);
        }
        else if (JobTransitions.Judge(job, change) == TransitionVerdict.Replay)
        {
            JobTransitions.Apply(job, change).ShouldBeSameAs(job);
            IsToldTwice(status, kind).ShouldBeTrue();
        }
        else
        {
            var error = Should.Throw<IllegalTransitionException>(() => JobTransitions.Apply(job, change));
            error.Message.ShouldContain(job.Id.ToString());
            error.Message.ShouldContain(status.ToString());
            error.Message.ShouldContain(kind.ToString());
        }
    }

    /// <summary>Ends of an attempt told again by the lease that ended it: harmless, nothing changes.</summary>
    private static bool IsToldTwice(JobStatus status, JobEventKind kind) => (status, kind) is
        (JobStatus.Succeeded, JobEventKind.Succeeded)
        or (Failed, AttemptFailed)
        or (Cancelled, AttemptFailed or LeaseLost or HandedBack or CancelConfirmed or Quarantined);
}
