using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Tests;

/// <summary>Registration, generations, the log's size, SQLite itself.</summary>
public sealed class LifeTests
{
    [Fact]
    public void Options_OutOfRange_AreNamedAtFirstUse()
    {
        using var services = SqliteHarness.Build("x.db", TimeProvider.System, options => options.CacheMiB = 1);
        var error = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IJobStore>());
        error.Message.ShouldContain(nameof(SqliteStoreOptions.CacheMiB));
    }

    [Fact]
    public void BeforeOpen_ConditionIsNotReadyAndCallsSaySo()
    {
        using var services = SqliteHarness.Build("x.db", TimeProvider.System);
        var store = services.GetRequiredService<IJobStore>();
        store.Condition.Ready.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => store.Identity);
    }

    [Fact]
    public async Task AfterClose_CallsAreRefusedByName()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync("silo/1");
        await harness.CloseAsync();
        store.Jobs.Condition.Ready.ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => TestJobs.SubmitAsync(store.Jobs, 1));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public async Task Open_AfterThePowerWentOff_RaisesTheGenerationUnlessClosedCleanly(int clean, int generation)
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync("silo/1");
        var identity = store.Jobs.Identity;
        identity.Generation.ShouldBe(1);
        await TestJobs.SubmitAsync(store.Jobs, 3);
        var cursor = store.Events.Head;
        await harness.CloseAsync();
        using (var raw = NativeConnection.Open(harness.Path, create: false)) raw.Execute($"UPDATE store SET boot='an earlier boot', clean={clean}");
        store = await harness.OpenAsync("silo/1");
        store.Jobs.Identity.ShouldBe(identity with { Generation = generation });
        (await store.Events.ReadAsync(cursor, 10, null, CancellationToken.None)).Reset.ShouldBe(generation == 2);
    }

    [Fact]
    public async Task Log_UnderConstantWritesAndReads_StaysBounded()
    {
        await using var harness = new SqliteHarness(options => options.CheckpointMiB = 1);
        var store = await harness.OpenAsync("silo/1");
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++) await TestJobs.SubmitAsync(store.Jobs, 1000);
        });
        long largest = 0;
        var reads = 0;
        while (!writing.IsCompleted)
        {
            await store.Jobs.ListAsync(new JobFilter { Limit = 500 }, CancellationToken.None);
            largest = Math.Max(largest, new FileInfo(harness.Path + "-wal").Length);
            reads++;
        }

        await writing;
        reads.ShouldBeGreaterThan(0);
        new FileInfo(harness.Path).Length.ShouldBeGreaterThan(5 << 20);
        largest.ShouldBeLessThan(9 << 20);
    }

    [Fact]
    public async Task FreedPages_AreUsedAgain()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync("silo/1");
        var limits = new RetentionLimits { MaxJobs = 0, MaxEvents = 0, MaxBytes = long.MaxValue };
        long size = 0;
        for (var round = 0; round < 6; round++)
        {
            var ids = await TestJobs.SubmitAsync(store.Jobs, 1000, argsLength: 500);
            var now = harness.Time.Now;
            await store.Jobs.ApplyAsync([.. ids.Select(id => new JobChange(id, new JobEvent.CancelRequested(now, null)))], true, CancellationToken.None);
            while (await store.Upkeep.SweepAsync(limits, CancellationToken.None))
            {
            }

            await harness.CloseAsync();
            if (round == 1) size = new FileInfo(harness.Path).Length;
            store = await harness.OpenAsync("silo/1");
        }

        new FileInfo(harness.Path).Length.ShouldBeLessThanOrEqualTo(size + (256 << 10));
    }
}
