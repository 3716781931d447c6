namespace Molino.Dispatch.Tests;

/// <summary>That a run is on the store it was asked for: else a run on Redis would prove SQLite twice.</summary>
public sealed class StoreOfRunTests
{
    [Fact]
    public async Task Silo_HasTheStoreThatTheRunAskedFor()
    {
        await using var silo = await TestSilo.StartAsync();

        silo.Store.IsShared.ShouldBe(Environment.GetEnvironmentVariable("MOLINO_TEST_STORE") == "redis"); // what several silos can share is Redis
    }

    [Fact]
    public async Task Silos_WithFoldersOfTheirOwn_DoNotSeeEachOther()
    {
        await using var one = await TestSilo.StartAsync();
        await using var other = await TestSilo.StartAsync();
        var job = await one.SubmitAsync("mine");
        await one.EndAsync(job);

        (await other.Store.FindAsync(job.Id, CancellationToken.None)).ShouldBeNull();
        other.Store.Identity.Key.ShouldNotBe(one.Store.Identity.Key);
    }
}
