using Molino.Core;

namespace Molino.Chaos.Tests.Checking;

public sealed class OrderInQueueTests
{
    [Fact]
    public void Leases_ByPriorityAndThenByPlace_AreRight() => Submitted().Run("urgent").Run("first").Run("second").Check().ShouldBeEmpty();

    [Fact]
    public void Lease_BeforeAJobOfHigherPriority_IsReported() =>
        Submitted().Run("first").Run("urgent").Run("second").Broken("P5").ShouldContain("before urgent (priority 9), which was ready and first");

    [Fact]
    public void Lease_BeforeAnEarlierJobOfTheSamePriority_IsReported() =>
        Submitted().Run("urgent").Run("second").Run("first").Broken("P5").ShouldContain("before first (priority 5)");

    [Fact]
    public void Lease_InAnotherQueue_OvertakesNobody() => new OrderedStory().Submit("a", 9).Submit("b", 1, JobPlan.WorkQueue).Run("b", JobPlan.WorkQueue).Run("a").Check().ShouldBeEmpty();

    [Fact]
    public void Lease_BeforeAJobThatWaitsForItsRetry_IsRight() =>
        new OrderedStory().Submit("a", 9).Submit("b", 1).Event("a", JobEventKind.Leased, JobStatus.Running).Event("a", JobEventKind.HandedBack, JobStatus.Scheduled).Run("b").Run("a").Check().ShouldBeEmpty();

    [Fact]
    public void Start_LongAfterAJobOfHigherPriorityWasReady_IsReportedByTheWorkersClocks() =>
        new Story().Submit(1, "low", 1, JobPlan.OrderedQueue).Submit(1, "high", 9, JobPlan.OrderedQueue)
            .Log("high", JobEventKind.Leased, JobStatus.Running, queue: JobPlan.OrderedQueue) // the log says that all was well
            .Start(10, "low", "one", 1, JobPlan.OrderedQueue).End(11, "low", "one", 1).Succeed("low", "one")
            .StartOnly(20, "high", "two", 2).End(21, "high", "two", 2).Succeed("high", "two")
            .Broken("P5").ShouldContain("started with priority 1 while high (priority 9) had been ready");

    private static OrderedStory Submitted() => new OrderedStory().Submit("first", 5).Submit("second", 5).Submit("urgent", 9);

    /// <summary>Jobs of one queue that run one after the other.</summary>
    private sealed class OrderedStory
    {
        private readonly Story _story = new();
        private double _at = 1;

        public OrderedStory Submit(string job, int priority, string queue = JobPlan.OrderedQueue)
        {
            _story.Submit(1, job, priority, queue);
            return this;
        }

        public OrderedStory Run(string job, string queue = JobPlan.OrderedQueue)
        {
            _at += 0.1;
            _story.Start(_at, job, "run-" + job, 1, queue).End(_at + 0.05, job, "run-" + job, 1).Succeed(job, "run-" + job);
            return this;
        }

        public OrderedStory Event(string job, JobEventKind kind, JobStatus status)
        {
            _story.Log(job, kind, status, queue: JobPlan.OrderedQueue);
            return this;
        }

        public IReadOnlyList<Violation> Check() => _story.Check();

        public string Broken(string promise) => _story.Broken(promise);
    }
}
