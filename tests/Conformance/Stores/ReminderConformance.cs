using Molino.Clustering;

namespace Molino.Conformance.Stores;

/// <summary>Reminders by grain and by place on the ring.</summary>
public abstract class ReminderConformance : StoreSuite
{
    [Fact]
    public async Task Write_ThenRead_GivesTheRowAlsoAfterReopen()
    {
        var row = Row("queue/mail", "wake", 7);
        var etag = await Reminders.WriteAsync(row, Stop);
        await ReopenAsync();
        (await Reminders.ReadGrainAsync("queue/mail", Stop)).ShouldBe([row with { Etag = etag }]);
        (await Reminders.ReadGrainAsync("queue/other", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_Again_Replaces()
    {
        var first = await Reminders.WriteAsync(Row("g", "n", 7), Stop);
        var second = await Reminders.WriteAsync(Row("g", "n", 7) with { Period = TimeSpan.FromMinutes(9) }, Stop);
        second.ShouldNotBe(first);
        var row = (await Reminders.ReadGrainAsync("g", Stop)).ShouldHaveSingleItem();
        row.Period.ShouldBe(TimeSpan.FromMinutes(9));
        row.Etag.ShouldBe(second);
        (await Reminders.RemoveAsync("g", "n", first, Stop)).ShouldBeFalse();
        (await Reminders.ReadGrainAsync("g", Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Remove_WithTheEtag_TakesItOutOfEveryIndex()
    {
        var etag = await Reminders.WriteAsync(Row("g", "n", 7), Stop);
        await Reminders.WriteAsync(Row("g", "m", 7), Stop);
        (await Reminders.RemoveAsync("g", "n", "0", Stop)).ShouldBeFalse();
        (await Reminders.RemoveAsync("g", "n", etag, Stop)).ShouldBeTrue();
        (await Reminders.RemoveAsync("g", "n", etag, Stop)).ShouldBeFalse();
        (await Reminders.ReadGrainAsync("g", Stop)).ShouldHaveSingleItem().Name.ShouldBe("m");
        (await Reminders.ReadRangeAsync(0, 100, Stop)).ShouldHaveSingleItem().Name.ShouldBe("m");
    }

    [Theory]
    [InlineData(10u, 30u, "20 30")]
    [InlineData(30u, 10u, "0 10 4294967295")]
    [InlineData(20u, 20u, "0 10 20 30 4294967295")]
    [InlineData(4294967295u, 0u, "0")]
    public async Task ReadRange_OpenBelowClosedAbove_RunsThroughTheEndOfTheRing(uint after, uint upTo, string hashes)
    {
        foreach (var hash in (uint[])[0, 10, 20, 30, uint.MaxValue]) await Reminders.WriteAsync(Row("grain" + hash, "n", hash), Stop);
        var found = await Reminders.ReadRangeAsync(after, upTo, Stop);
        string.Join(' ', found.Select(row => row.Hash).Order()).ShouldBe(hashes);
    }

    private ReminderRow Row(string grain, string name, uint hash) => new(grain, name, hash, Now.AddTicks(1234), TimeSpan.FromMinutes(1), "");
}
