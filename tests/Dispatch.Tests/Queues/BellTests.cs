using Microsoft.Extensions.DependencyInjection;
using Molino.Core;
using Molino.Grains;

namespace Molino.Dispatch.Tests.Queues;

/// <summary>The bells of queues, apart from the pools.</summary>
public sealed class BellTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patiently = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Ring_WithTwoListeners_WakesOneEachTime()
    {
        await using var silo = await TestSilo.StartAsync();
        var bells = BellsOf(silo);
        var first = bells.ListenAsync("alone", "one", Long);
        var second = bells.ListenAsync("alone", "two", Long);

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
        foreach (var listener in new[] { "a", "b", "c", "d", "e", "f" }) await RingUntilHeardAsync(bells, "hot", bells.ListenAsync("hot", listener, Long));
    }

    [Fact]
    public async Task RingAt_WakesWhenDue()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = new Dictionary<string, string?> { ["Queues:hot:Shards"] = "3" } });
        var bells = BellsOf(silo);
        var listening = bells.ListenAsync("hot", "one", Long);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(300);
        await Patience.UntilAsync(
            () =>
            {
                bells.RingAt("hot", due); // may be lost, in hostile mode
                return Task.FromResult(listening.IsCompleted);
            },
            "it rang");

        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(due);
        (await listening).ShouldBeTrue();
    }

    [Fact]
    public async Task Jobs_OfAQueueInShards_AllRun()
    {
        await using var silo = await TestSilo.StartAsync(new SiloOptions { Settings = new Dictionary<string, string?> { ["Queues:hot:Shards"] = "4" } });
        for (var i = 0; i < 20; i++) (await silo.RunAsync("act", new() { Queue = "hot" })).Status.ShouldBe(JobStatus.Succeeded);
    }

    private static QueueBells BellsOf(TestSilo silo) => silo.Services.GetRequiredService<QueueBells>();

    /// <summary>Rings may be lost, in hostile mode: rings again.</summary>
    /// <returns>How often it rang.</returns>
    private static async Task<int> RingUntilHeardAsync(QueueBells bells, string queue, Task<bool> listening)
    {
        for (var rings = 1; ; rings++)
        {
            bells.Ring(queue);
            try
            {
                (await listening.WaitAsync(Patiently, TimeProvider.System)).ShouldBeTrue();
                return rings;
            }
            catch (TimeoutException) when (rings < 10)
            {
                // lost on its way
            }
        }
    }
}
