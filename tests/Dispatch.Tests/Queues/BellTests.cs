using Microsoft.Extensions.DependencyInjection;
using Molino.Core;
using Molino.Grains;

namespace Molino.Dispatch.Tests.Queues;

/// <summary>The bells of queues, apart from the pools.</summary>
public sealed class BellTests
{
    private static readonly TimeSpan Patiently = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SmallCorrection = TimeSpan.FromMilliseconds(50); // of a clock that follows a server's

    [Fact]
    public async Task Ring_WithTwoListeners_WakesOneEachTime()
    {
        await using var silo = await TestSilo.StartAsync();
        var bells = BellsOf(silo);
        var first = ListenAsync(bells, "alone", "one");
        var second = ListenAsync(bells, "alone", "two");

        var rings = await RingUntilHeardAsync(bells, "alone", first);
        new[] { first, second }.Count(listener => listener.IsCompleted).ShouldBeLessThanOrEqualTo(rings);
        await RingUntilHeardAsync(bells, "alone", second);
    }

    [Fact]
    public async Task Ring_WithNobodyListening_IsHeardByTheNext()
    {
        await using var silo = await TestSilo.StartAsync();
        var bells = BellsOf(silo);
        (await bells.ListenAsync("alone", "one", Short)).ShouldBeFalse();

        await Patience.UntilAsync(
            async () =>
            {
                bells.Ring("alone");
                return await bells.ListenAsync("alone", "one", Short);
            },
            "a ring was kept");
    }

    [Fact]
    public async Task Ring_OfAQueueInShards_FindsTheOneThatListens()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = new Dictionary<string, string?> { ["Queues:hot:Shards"] = "5" } });
        var bells = BellsOf(silo);
        bells.OptionsOf("hot").Shards.ShouldBe(5);
        foreach (var listener in new[] { "a", "b", "c", "d", "e", "f" }) await RingUntilHeardAsync(bells, "hot", ListenAsync(bells, "hot", listener));
    }

    [Fact]
    public async Task RingAt_WakesWhenDue()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = new Dictionary<string, string?> { ["Queues:hot:Shards"] = "3" } });
        var bells = BellsOf(silo);
        var clock = silo.Services.GetRequiredService<TimeProvider>(); // on Redis the server's
        var listening = ListenAsync(bells, "hot", "one");
        var due = clock.GetUtcNow() + TimeSpan.FromMilliseconds(500);
        await Patience.UntilAsync(
            () =>
            {
                bells.RingAt("hot", due); // may be lost, in hostile mode
                return Task.FromResult(listening.IsCompleted);
            },
            "it rang");

        clock.GetUtcNow().ShouldBeGreaterThanOrEqualTo(due - SmallCorrection);
    }

    [Fact]
    public async Task Jobs_OfAQueueInShards_AllRun()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = new Dictionary<string, string?> { ["Queues:hot:Shards"] = "4" } });
        for (var i = 0; i < 20; i++) (await silo.RunAsync("act", new() { Queue = "hot" })).Status.ShouldBe(JobStatus.Succeeded);
    }

    private static QueueBells BellsOf(TestSilo silo) => silo.Services.GetRequiredService<QueueBells>();

    /// <summary>
    /// Listens as pools do: not for long, and again. A bell that is to end waits for those who listen and takes no ring meanwhile, so that who listens long hears
    /// nothing for as long.
    /// </summary>
    private static async Task ListenAsync(QueueBells bells, string queue, string listener)
    {
        while (!await bells.ListenAsync(queue, listener, Patiently))
        {
        }
    }

    /// <summary>Rings may be lost, in hostile mode: rings again.</summary>
    /// <returns>How often it rang.</returns>
    private static async Task<int> RingUntilHeardAsync(QueueBells bells, string queue, Task listening)
    {
        var rings = 0;
        await Patience.UntilAsync(
            async () =>
            {
                rings++;
                bells.Ring(queue);
                await listening.WaitAsync(Patiently, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return listening.IsCompletedSuccessfully;
            },
            "a ring was heard");
        return rings;
    }
}
