using Molino.Execution.Processes;

namespace Molino.Execution.Tests.Processes;

public sealed class StartBackoffTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void Failures_follow_each_other_waits_double_up_to_the_longest()
    {
        var backoff = new StartBackoff(TimeSpan.FromSeconds(30), _clock);
        Enumerable.Range(0, 8).Select(_ => backoff.Failed().TotalSeconds).ShouldBe([0.5, 1, 2, 4, 8, 16, 30, 30]);
        backoff.Wait.TotalSeconds.ShouldBe(30);
        _clock.Now += TimeSpan.FromSeconds(29);
        backoff.Wait.TotalSeconds.ShouldBe(1);
        _clock.Now += TimeSpan.FromSeconds(2);
        backoff.Wait.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Start_succeeds_waits_begin_anew()
    {
        var backoff = new StartBackoff(TimeSpan.FromSeconds(30), _clock);
        backoff.Failed();
        backoff.Failed();
        backoff.Succeeded();
        backoff.Wait.ShouldBe(TimeSpan.Zero);
        backoff.Failed().TotalSeconds.ShouldBe(0.5);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
