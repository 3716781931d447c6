using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Outages;
using Molino.Execution;
using Molino.Hosting;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Timing;

/// <summary>
/// That a queue's bell starts jobs when they are due, though it knows one time only: pools tell it the next after every ring. Nothing else may start them here:
/// the upkeep does not look for due jobs, pools do not look by themselves, and the clock moves to each due time and not beyond.
/// </summary>
/// <remarks>
/// In hostile mode calls to the bell get lost, and bells forget. Then the clock moves on until the pools look again, and what is shown is that no job is forgotten.
/// </remarks>
public sealed class DueBellTests
{
    /// <summary>How often pools look by themselves: never before the last due time.</summary>
    private static readonly TimeSpan Announce = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>So that no other timer of the silo is for the same instant.</summary>
    private static readonly TimeSpan Odd = TimeSpan.FromTicks(1_234_567);

    private static readonly bool IsHostile = Environment.GetEnvironmentVariable("MOLINO_HOSTILE") is not null;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task DueTimes_OfOneQueue_AreEachRungForByTheBellAlone(int pools)
    {
        var clock = new HeldTime();
        await using var silo = await StartAsync(clock, pools);
        await silo.RunAsync("first"); // whatever the pools did at their start is behind them
        var begin = clock.GetUtcNow() + Odd;
        int[] seconds = [6, 2, 4, 1, 5, 3];
        foreach (var second in seconds) await silo.SubmitAsync($"at {second}", new SubmitOptions { RunAt = begin.AddSeconds(second) });

        foreach (var second in seconds.Order()) await BellStartsAsync(silo, clock, $"at {second}", begin.AddSeconds(second));
    }

    [Fact]
    public async Task DueTime_AlreadyToldByThePool_IsToldAgainAfterARingForAnother()
    {
        var clock = new HeldTime();
        await using var silo = await StartAsync(clock, pools: 1);
        await silo.RunAsync("first");
        var begin = clock.GetUtcNow() + Odd;
        await silo.SubmitAsync("far", new SubmitOptions { RunAt = begin.AddSeconds(5) });
        await silo.RunAsync("between"); // with a pull that sees the far job, so that the pool tells of it
        await silo.SubmitAsync("near", new SubmitOptions { RunAt = begin.AddSeconds(1) }); // the bell forgets the far one

        await BellStartsAsync(silo, clock, "near", begin.AddSeconds(1));
        await BellStartsAsync(silo, clock, "far", begin.AddSeconds(5));
    }

    [Fact]
    public async Task DueTime_SoonerThanThatOfAnEarlierJob_StartsFirst()
    {
        var clock = new HeldTime();
        await using var silo = await StartAsync(clock, pools: 1);
        var begin = clock.GetUtcNow() + Odd;
        var late = await silo.SubmitAsync("late", new SubmitOptions { RunAt = begin.AddHours(1) });
        var early = await silo.SubmitAsync("early", new SubmitOptions { RunAt = begin.AddSeconds(1) });

        await BellStartsAsync(silo, clock, "early", begin.AddSeconds(1));
        clock.MoveTo(begin.AddHours(1));
        await StartsAsync(silo, "late", () => clock.Advance(Step)); // pools have looked since, each by itself

        (await silo.EndAsync(early)).StartedAt!.Value.ShouldBeGreaterThanOrEqualTo(begin.AddSeconds(1));
        (await silo.EndAsync(late)).StartedAt!.Value.ShouldBeGreaterThanOrEqualTo(begin.AddHours(1));
        silo.Stage.Started.ShouldBe(["early", "late"]);
    }

    private static Task<TestSilo> StartAsync(HeldTime clock, int pools) => TestSilo.StartAsync(new SiloOptions
    {
        Clock = clock,
        Molino = molino =>
        {
            for (var i = 0; i < pools; i++) molino.AddPool($"pool{i}", pool => pool.Concurrency = 2);
        },
        Execution = times => times.Announce = Announce,
        Services = services => services.Wrap<IStoreUpkeep, LateUpkeep>(inner => new LateUpkeep(inner)),
    });

    /// <summary>Moves the clock to a job's due time, once the bell waits for just that.</summary>
    private static async Task BellStartsAsync(TestSilo silo, HeldTime clock, string name, DateTimeOffset due)
    {
        if (IsHostile)
        {
            await StartsAsync(silo, name, () => clock.Advance(Step));
            return;
        }

        await Patience.UntilAsync(() => clock.IsAwaited(due), $"the bell knows when '{name}' is due");
        clock.MoveTo(due.AddTicks(-1));
        clock.IsAwaited(due).ShouldBeTrue();
        silo.Stage.StartsOf(name).ShouldBe(0);
        clock.MoveTo(due);
        await StartsAsync(silo, name);
    }

    private static Task StartsAsync(TestSilo silo, string name, Action? meanwhile = null) => Patience.UntilAsync(
        () =>
        {
            if (silo.Stage.StartsOf(name) > 0) return true;
            meanwhile?.Invoke();
            return false;
        },
        $"'{name}' has started");
}
