using Molino.Runtime.Membership;
using Molino.Runtime.Tests.Testing;

namespace Molino.Runtime.Tests.Membership;

public sealed class BeatWatchTests
{
    private static readonly SiloKey Self = new("a", 1);
    private static readonly SiloKey Other = new("b", 2);

    private readonly ManualTimeProvider _time = new();
    private readonly BeatWatch _watch;
    private long _beat;

    public BeatWatchTests() => _watch = new BeatWatch(_time, new MembershipOptions());

    [Fact]
    public void silo_whose_beat_stays_for_five_seconds_is_dead()
    {
        Look().ShouldBeEmpty();
        Seconds(4).ShouldBeEmpty();

        Seconds(1).ShouldBe([Other]);
    }

    [Fact]
    public void each_beat_starts_the_count_again()
    {
        for (var i = 0; i < 10; i++)
        {
            Seconds(4).ShouldBeEmpty();
            _beat++;
            Look().ShouldBeEmpty();
        }
    }

    [Fact]
    public void table_that_did_not_answer_starts_the_count_again()
    {
        Look();
        Seconds(4).ShouldBeEmpty();
        _watch.OnNoAnswer();

        Seconds(4).ShouldBeEmpty();
        Seconds(2).ShouldBe([Other]);
    }

    [Fact]
    public void observer_that_was_paused_starts_the_count_again()
    {
        Look();
        _time.Advance(TimeSpan.FromMinutes(10));

        Look().ShouldBeEmpty();
        Seconds(4).ShouldBeEmpty();
        Seconds(1).ShouldBe([Other]);
    }

    [Fact]
    public void silo_does_not_find_itself_dead()
    {
        var document = new MembershipDocument(1, 1, [new("a", 1, "x:1", "x:1", MemberStatus.Active)]);
        for (var i = 0; i < 10; i++)
        {
            _watch.Look(new MembershipSnapshot(document, new Dictionary<SiloKey, long>()), Self).ShouldBeEmpty();
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void silo_that_never_beat_is_dead_as_well()
    {
        var document = new MembershipDocument(1, 2, [new("b", 2, "x:1", "x:1", MemberStatus.Active)]);
        var dead = new List<ClusterMember>();
        for (var i = 0; i <= 5; i++)
        {
            dead = _watch.Look(new MembershipSnapshot(document, new Dictionary<SiloKey, long>()), Self);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        dead.Select(member => member.Key).ShouldBe([Other]);
    }

    private List<SiloKey> Seconds(int seconds)
    {
        var dead = new List<SiloKey>();
        for (var i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            dead = Look();
        }

        return dead;
    }

    private List<SiloKey> Look()
    {
        var document = new MembershipDocument(1, 2, [new("a", 1, "x:1", "x:1", MemberStatus.Active), new("b", 2, "x:2", "x:2", MemberStatus.Active)]);
        return [.. _watch.Look(new MembershipSnapshot(document, new Dictionary<SiloKey, long> { [Self] = 1, [Other] = _beat }), Self).Select(member => member.Key)];
    }
}
