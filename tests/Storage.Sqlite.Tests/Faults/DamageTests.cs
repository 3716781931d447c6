using Molino.Conformance.Stores;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Tests.Faults;

/// <summary>Files that cannot be used: damaged, another program's, a newer version's.</summary>
public sealed class DamageTests
{
    [Fact]
    public async Task Open_Garbage_IsStoreCorrupt()
    {
        await using var harness = new SqliteHarness();
        var garbage = new byte[20_000];
        new Random(1).NextBytes(garbage);
        await File.WriteAllBytesAsync(harness.Path, garbage);
        (await OpenAndFailAsync(harness)).Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await File.ReadAllBytesAsync(harness.Path)).ShouldBe(garbage);
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        await using var harness = new SqliteHarness();
        using (var other = NativeConnection.Open(harness.Path, create: true)) other.Execute("CREATE TABLE theirs(x)");
        var before = await File.ReadAllBytesAsync(harness.Path);
        (await OpenAndFailAsync(harness)).Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await File.ReadAllBytesAsync(harness.Path)).ShouldBe(before);
    }

    [Fact]
    public async Task Open_NewerLayout_IsStoreTooNewAndLeftAlone()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync("silo/1");
        await harness.CloseAsync();
        using (var raw = NativeConnection.Open(harness.Path, create: false)) raw.Execute("PRAGMA user_version=99");
        var error = await OpenAndFailAsync(harness);
        error.Code.ShouldBe(ErrorCodes.StoreTooNew);
        error.Message.ShouldContain("99");
        using var check = NativeConnection.Open(harness.Path, create: false);
        check.Scalar("PRAGMA user_version").ShouldBe(99);
    }

    [Fact]
    public async Task Open_FolderThatCannotBe_IsStoreUnavailable()
    {
        await using var harness = new SqliteHarness("/proc/no/such/place/molino.db");
        (await OpenAndFailAsync(harness)).Code.ShouldBe(ErrorCodes.StoreUnavailable);
    }

    [Fact]
    public async Task DamagedPages_AreNamedAndNothingMoreIsWritten()
    {
        await using var harness = new SqliteHarness(options => options.CacheMiB = 4);
        var store = await harness.OpenAsync("silo/1");
        for (var i = 0; i < 5; i++) await TestJobs.SubmitAsync(store.Jobs, 1000);
        await harness.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(harness.Path);
        new Random(2).NextBytes(bytes.AsSpan(40 * 4096, bytes.Length - (60 * 4096)));
        await File.WriteAllBytesAsync(harness.Path, bytes);
        store = await harness.OpenAsync("silo/1");
        var error = await Should.ThrowAsync<StoreException>(async () =>
        {
            string? cursor = null;
            do cursor = (await store.Jobs.ListAsync(new JobFilter { Limit = 1000, Cursor = cursor }, CancellationToken.None)).NextCursor;
            while (cursor is not null);
        });
        error.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        store.Jobs.Condition.Ready.ShouldBeFalse();
        store.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await Should.ThrowAsync<StoreException>(() => TestJobs.SubmitAsync(store.Jobs, 1))).Code.ShouldBe(ErrorCodes.StoreCorrupt);
    }

    private static async Task<StoreException> OpenAndFailAsync(SqliteHarness harness)
    {
        var error = await Should.ThrowAsync<StoreException>(() => harness.OpenAsync("silo/1"));
        var condition = SqliteHarness.Faces(harness.Services).Jobs.Condition;
        condition.Ready.ShouldBeFalse();
        condition.Code.ShouldBe(error.Code);
        return error;
    }
}
