using System.Diagnostics;

namespace Molino.Storage.Sqlite.Tests.Faults;

/// <summary>One process owns the file.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task Open_WhileAnotherProcessHolds_IsStoreLockedAtOnce_AndFreeWhenItDies()
    {
        await using var harness = new SqliteHarness();
        using var holder = Process.Start(Program.Child("hold", harness.Path)).ShouldNotBeNull();
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("open");
        var start = Stopwatch.GetTimestamp();
        var error = await Should.ThrowAsync<StoreException>(() => harness.OpenAsync("silo/1"));
        error.Code.ShouldBe(ErrorCodes.StoreLocked);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        holder.Kill();
        await holder.WaitForExitAsync();
        var store = await harness.OpenAsync("silo/1");
        (await store.Jobs.TotalsAsync(CancellationToken.None)).Accepted.ShouldBe(3);
    }

    [Fact]
    public async Task Open_TwiceInOneProcess_IsStoreLocked()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync("silo/1");
        await using var second = new SqliteHarness(harness.Path);
        (await Should.ThrowAsync<StoreException>(() => second.OpenAsync("silo/2"))).Code.ShouldBe(ErrorCodes.StoreLocked);
    }
}
