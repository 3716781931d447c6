using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Tests.Wire;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>Streams that grains return, within a silo and from another.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task all_elements_come_in_order(int silo)
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var source = Source(cluster, silo);

        (await source.CountAsync(1_000).ToListAsync()).ShouldBe(Enumerable.Range(0, 1_000));
        (await source.CountAsync(10).WithBatchSize(3).ToListAsync()).ShouldBe(Enumerable.Range(0, 10));
        (await source.CountAsync(0).ToListAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task error_comes_behind_the_elements_before_it(int silo)
    {
        await using var cluster = await TestCluster.StartAsync(2);
        var words = new List<string>();

        var error = await Should.ThrowAsync<CodedException>(async () =>
        {
            await foreach (var word in Source(cluster, silo).FailAfterAsync(["a", "b"]))
            {
                words.Add(word);
            }
        });

        words.ShouldBe(["a", "b"]);
        error.Code.ShouldBe("end");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task reader_that_stops_ends_the_stream_in_the_grain(int silo)
    {
        await using var cluster = await TestCluster.StartAsync(2);

        await foreach (var word in Source(cluster, silo).GatedAsync("gate").WithBatchSize(1))
        {
            word.ShouldBe("first");
            break;
        }

        await using var second = Source(cluster, silo).GatedAsync("held").GetAsyncEnumerator();
        (await second.MoveNextAsync()).ShouldBeTrue();
        var moving = second.MoveNextAsync().AsTask();
        await cluster.Probe.SeenAsync("at held");
        cluster.Probe.Open("held");
        (await moving).ShouldBeTrue();
        second.Current.ShouldBe("second");
    }

    [Fact]
    public async Task cancelled_reader_cancels_the_grain()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        using var stop = new CancellationTokenSource();
        var reading = Source(cluster, 1).GatedAsync("gate").ToListAsync(stop.Token).AsTask();
        await cluster.Probe.SeenAsync("at gate");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await cluster.Probe.SeenAsync("left gate True");
    }

    [Fact]
    public async Task stream_of_a_deactivated_grain_is_aborted()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var source = Source(cluster, 0);
        await using var reader = source.CountAsync(1_000).WithBatchSize(1).GetAsyncEnumerator();
        (await reader.MoveNextAsync()).ShouldBeTrue();

        await source.LeaveAsync();

        await Should.ThrowAsync<EnumerationAbortedException>(async () =>
        {
            while (await reader.MoveNextAsync())
            {
                // what was read ahead
            }
        });
    }

    private static ISourceGrain Source(TestCluster cluster, int silo) =>
        Enumerable.Range(0, int.MaxValue).Select(i => cluster.Silos[0].Grains.GetGrain<ISourceGrain>($"s{i}")).First(grain => cluster.OwnerOf(grain) == cluster.Silos[silo]);
}
