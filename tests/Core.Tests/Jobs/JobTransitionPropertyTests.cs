using FsCheck;
using FsCheck.Fluent;

namespace Molino.Core.Tests.Jobs;

/// <summary>Random histories: whatever is tried in whatever order, the promises hold.</summary>
public sealed class JobTransitionPropertyTests
{
    private static readonly Arbitrary<JobEventKind[]> Histories =
        Gen.ArrayOf(Gen.Elements(Enum.GetValues<JobEventKind>().Where(kind => kind != JobEventKind.Submitted).ToArray()), 60).ToArbitrary();

    [Fact]
    public void AnyHistory_OnceTerminalOnlyARetryByHandLeavesIt() => Prop.ForAll(Histories, history =>
    {
        foreach (var (before, kind, after) in Run(history))
        {
            if (before.Status.IsTerminal() && after.Status != before.Status) kind.ShouldBe(JobEventKind.RetriedByHand);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyHistory_EpochCountsLeasesAndVersionCountsChanges() => Prop.ForAll(Histories, history =>
    {
        var leases = 0;
        foreach (var (before, kind, after) in Run(history))
        {
            if (ReferenceEquals(before, after)) continue;
            if (kind == JobEventKind.Leased) leases++;
            after.Token.Epoch.ShouldBe(leases);
            after.Version.ShouldBe(before.Version + 1);
            after.Attempt.ShouldBeInRange(0, after.Spec.MaxAttempts);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyHistory_FinishedAtIsSetExactlyInTerminalStates() => Prop.ForAll(Histories, history =>
    {
        foreach (var (_, _, after) in Run(history)) after.FinishedAt.HasValue.ShouldBe(after.Status.IsTerminal());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyHistory_TheSameChangeTwiceIsHarmless() => Prop.ForAll(Histories, history =>
    {
        var job = Samples.Queued();
        foreach (var kind in history)
        {
            var change = Samples.Event(kind, job);
            if (JobTransitions.Judge(job, change) != TransitionVerdict.Legal) continue;
            job = JobTransitions.Apply(job, change);
            var again = JobTransitions.Judge(job, change);
            if (change.RequiredToken is not null && kind != JobEventKind.Progressed) again.ShouldBe(TransitionVerdict.Replay, $"{kind} told twice");
        }
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<(Job Before, JobEventKind Kind, Job After)> Run(JobEventKind[] history)
    {
        var job = Samples.Queued();
        foreach (var kind in history)
        {
            var change = Samples.Event(kind, job);
            if (JobTransitions.Judge(job, change) is not (TransitionVerdict.Legal or TransitionVerdict.Replay)) continue;
            var after = JobTransitions.Apply(job, change);
            yield return (job, kind, after);
            job = after;
        }
    }
}
