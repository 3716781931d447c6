using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class TurnExclusivityTests
{
    private const int Callers = 64;
    private const int CallsEach = 40;

    [Theory]
    [InlineData("Molino.Runtime.Tests.Turns.StressGrain")]
    [InlineData("Molino.Runtime.Tests.Turns.ReentrantStressGrain")]
    public async Task turns_under_stress_never_overlap(string grainClass)
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IStressGrain>("stress", grainClass);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < CallsEach; i++)
            {
                await grain.WorkAsync(awaits: (caller + i) % 5);
            }
        })));

        (await grain.ReportAsync()).ShouldBe((Callers * CallsEach, 0));
    }

    [Fact]
    public async Task calls_of_one_caller_start_in_order()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IOrderGrain>("order");

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => grain.NoteAsync(i)));

        (await grain.NotesAsync()).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task many_waiting_calls_run_without_growing_the_stack()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IGateGrain>("deep");
        var held = grain.PlainAsync("hold");
        await silo.Probe.SeenAsync("at hold");

        var waiting = Enumerable.Range(0, 9_000).Select(_ => grain.NothingAsync()).ToList();
        silo.Probe.Open("hold");

        await held;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task long_chain_of_calls_completes()
    {
        await using var silo = await TestSilo.StartAsync();

        (await silo.Grains.GetGrain<IChainGrain>("0").DescendAsync(2_000)).ShouldBe(2_000);
    }

    [Fact]
    public async Task code_after_an_await_is_back_in_a_turn()
    {
        await using var silo = await TestSilo.StartAsync();

        var places = await silo.Grains.GetGrain<IPlaceGrain>("place").PlacesAsync();

        places.ShouldBe(new Dictionary<string, bool>
        {
            ["start"] = true,
            ["after Task.Yield"] = true,
            ["inside Task.Run"] = false,
            ["after Task.Run"] = true,
            ["after a nested method"] = true,
            ["after ConfigureAwait(false)"] = false,
        });
    }

    [Fact]
    public async Task failure_that_nobody_awaits_is_logged_and_the_grain_goes_on()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IPlaceGrain>("place");

        await grain.PostFailureAsync();

        await grain.PlacesAsync();
        silo.Log.Entries.ShouldContain(e => e.EventId == 2020 && e.Error is FormatException);
    }
}
