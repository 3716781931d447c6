using System.Diagnostics;
using Molino.Conformance.Stores;

namespace Molino.Storage.Sqlite.Tests.Faults;

/// <summary>A disk that is really full: a small tmpfs.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Full_WritesAreNamed_AnsweredJobsStay_AndItHealsWhenFreed()
    {
        await using var disk = await SmallDisk.MountAsync(mebibytes: 12);
        await using var harness = new SqliteHarness(Path.Combine(disk.Folder, "molino.db"), options => options.MinFreeMiB = 0);
        var store = await harness.OpenAsync("silo/1");
        var answered = await TestJobs.SubmitAsync(store.Jobs, 10);
        var ballast = Path.Combine(disk.Folder, "ballast");
        var error = await FillAsync(store.Jobs, ballast, answered);
        error.Code.ShouldBeOneOf(ErrorCodes.StoreFull, ErrorCodes.OutcomeUnknown); // the second where there was not even room to prove that the commit is not in the log
        store.Jobs.Condition.Code.ShouldBe(ErrorCodes.StoreFull);
        foreach (var id in answered.Take(5)) (await store.Jobs.FindAsync(id, CancellationToken.None)).ShouldNotBeNull();

        File.Delete(ballast);
        await TestJobs.UntilReadyAsync(store.Jobs);
        answered.AddRange(await TestJobs.SubmitAsync(store.Jobs, 10));
        await harness.CloseAsync();
        store = await harness.OpenAsync("silo/1");
        var stored = await StoreAudit.CheckAsync(store.Jobs, store.Events, CancellationToken.None);
        stored.Keys.ShouldBe(answered, ignoreOrder: true);
    }

    [Fact]
    public async Task LittleRoom_NewJobsAreRefused_RunningOnesEnd_AndItHealsWhenFreed()
    {
        await using var disk = await SmallDisk.MountAsync(mebibytes: 24);
        await using var harness = new SqliteHarness(Path.Combine(disk.Folder, "molino.db"), options => options.MinFreeMiB = 8);
        var store = await harness.OpenAsync("silo/1");
        await TestJobs.SubmitAsync(store.Jobs, 10);
        var lease = await store.Jobs.LeaseAsync(new LeaseRequest("default", 1, "silo/1", "default", []), CancellationToken.None);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[10 << 20]);
        await UntilAsync(() => store.Jobs.Condition.Code == ErrorCodes.StoreNearlyFull);
        store.Jobs.Condition.Ready.ShouldBeTrue();
        await TestJobs.SubmitAsync(store.Jobs, 1);
        await File.WriteAllBytesAsync(ballast, new byte[18 << 20]);
        await UntilFullAsync(store.Jobs);
        (await Should.ThrowAsync<StoreException>(() => TestJobs.SubmitAsync(store.Jobs, 1))).Code.ShouldBe(ErrorCodes.StoreFull);
        var job = lease.Jobs.ShouldHaveSingleItem();
        var end = new JobEvent.Succeeded(harness.Time.Now, job.Token, new JobResult(JobResult.Json, "1"u8.ToArray(), 1));
        var ended = await store.Jobs.ApplyAsync([new JobChange(job.Id, end)], allOrNothing: false, CancellationToken.None);
        ended.ShouldHaveSingleItem().Outcome.ShouldBe(ChangeOutcome.Applied);
        File.Delete(ballast);
        await TestJobs.UntilReadyAsync(store.Jobs);
        await TestJobs.SubmitAsync(store.Jobs, 1);
    }

    /// <summary>Leaves a little room, then submits until the store says that there is none.</summary>
    private static async Task<StoreException> FillAsync(IJobStore store, string ballast, List<JobId> answered)
    {
        await File.WriteAllBytesAsync(ballast, new byte[7 << 20]);
        for (var batch = 0; batch < 2000; batch++)
        {
            try
            {
                answered.AddRange(await TestJobs.SubmitAsync(store, 20, argsLength: 3000));
            }
            catch (StoreException error)
            {
                return error;
            }
        }

        throw new InvalidOperationException("The disk did not get full.");
    }

    private static async Task UntilFullAsync(IJobStore store)
    {
        await UntilAsync(() => !store.Condition.Ready);
        store.Condition.Code.ShouldBe(ErrorCodes.StoreFull);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds()) await timer.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>A tmpfs of its own, mounted for one test.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("molino-disk-");

        public string Folder => _folder.FullName;

        public static async Task<SmallDisk> MountAsync(int mebibytes)
        {
            var disk = new SmallDisk();
            await RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "molino-test", disk.Folder);
            return disk;
        }

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "-l", Folder);
            _folder.Delete();
        }

        private static async Task RunAsync(string command, params string[] args)
        {
            using var process = Process.Start(new ProcessStartInfo(command, args) { RedirectStandardError = true, UseShellExecute = false }).ShouldNotBeNull();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, $"This test needs a small disk of its own, so it must be able to mount a tmpfs (run the tests as root): {error}");
        }
    }
}
