using System.Diagnostics;
using Molino.Conformance.Stores;

namespace Molino.Storage.Sqlite.Tests.Faults;

/// <summary>A disk whose calls fail: a child process with a library in front of the C library's <c>fdatasync</c> and <c>pwrite</c>.</summary>
public sealed class FailingDiskTests
{
    private const string Shim =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdlib.h>
        #include <unistd.h>
        static int fails(const char* name) { const char* path = getenv(name); return path && access(path, F_OK) == 0; }
        static int fail(void) {
            const char* once = getenv("MOLINO_FAILS_ONCE");
            if (once) unlink(once);
            errno = EIO;
            return -1;
        }
        int fsync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fsync"); return fails("MOLINO_SYNC_FAILS") ? fail() : real(fd); }
        int fdatasync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync"); return fails("MOLINO_SYNC_FAILS") ? fail() : real(fd); }
        ssize_t pwrite64(int fd, const void* data, size_t count, off64_t at) {
            ssize_t (*real)(int, const void*, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
            return fails("MOLINO_WRITE_FAILS") ? fail() : real(fd, data, count, at);
        }
        """;

    [Theory]
    [InlineData("MOLINO_SYNC_FAILS", false)]
    [InlineData("MOLINO_SYNC_FAILS", true)]
    [InlineData("MOLINO_WRITE_FAILS", false)]
    [InlineData("MOLINO_WRITE_FAILS", true)]
    public async Task FailingCalls_AreNamed_NothingAnsweredIsLost_AndItHeals(string switchName, bool once)
    {
        await using var harness = new SqliteHarness();
        var folder = Path.GetDirectoryName(harness.Path).ShouldNotBeNull();
        var shim = await CompileAsync(folder);
        var marker = Path.Combine(folder, "fails-now");
        var start = Program.Child("failing-disk", harness.Path, marker);
        start.Environment["LD_PRELOAD"] = shim;
        start.Environment[switchName] = marker;
        if (once) start.Environment["MOLINO_FAILS_ONCE"] = marker;
        using var child = Process.Start(start).ShouldNotBeNull();
        var answers = (await child.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await child.WaitForExitAsync();
        File.Delete(marker);

        answers.Where(line => line.StartsWith("refused", StringComparison.Ordinal)).ShouldNotBeEmpty(string.Join('\n', answers));
        if (once) answers.Count(line => line.StartsWith("refused", StringComparison.Ordinal) && line.EndsWith(ErrorCodes.StoreUnavailable, StringComparison.Ordinal)).ShouldBe(1);
        else answers.ShouldContain("not ready store_unavailable");
        answers[^1].ShouldStartWith("stored", Case.Sensitive, "it did not heal");
        var store = await harness.OpenAsync("silo/2");
        var jobs = await StoreAudit.CheckAsync(store.Jobs, store.Events, CancellationToken.None);
        foreach (var line in answers.Select(line => line.Split(' ')))
        {
            if (line[0] == "stored") jobs.Keys.Select(id => id.ToString()).ShouldContain(line[1]);
            if (line[0] == "refused" && line[2] == ErrorCodes.StoreUnavailable) jobs.Keys.Select(id => id.ToString()).ShouldNotContain(line[1]);
        }
    }

    /// <summary>The child: submits one by one, before, while and after the disk fails; then dies without closing the store.</summary>
    internal static async Task RunChildAsync(string path, string marker)
    {
        await using var services = SqliteHarness.Build(path, TimeProvider.System);
        var store = SqliteHarness.Faces(services).Jobs;
        await store.OpenAsync("silo/1", CancellationToken.None);
        for (var i = 0; i < 5; i++) await SubmitAsync(store);
        await File.WriteAllTextAsync(marker, "");
        for (var i = 0; i < 3; i++) await SubmitAsync(store);
        Console.WriteLine(store.Condition.Ready ? "ready" : "not ready " + store.Condition.Code);
        File.Delete(marker);
        await TestJobs.UntilReadyAsync(store);
        for (var i = 0; i < 5; i++) await SubmitAsync(store);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static async Task SubmitAsync(IJobStore store)
    {
        var spec = TestJobs.Spec();
        try
        {
            await store.ApplyAsync([JobChange.Submit(spec)], allOrNothing: false, CancellationToken.None);
            Console.WriteLine($"stored {spec.Id}");
        }
        catch (StoreException error)
        {
            Console.WriteLine($"refused {spec.Id} {error.Code}");
        }
    }

    private static async Task<string> CompileAsync(string folder)
    {
        var source = Path.Combine(folder, "failing-disk.c");
        var library = Path.Combine(folder, "failing-disk.so");
        await File.WriteAllTextAsync(source, Shim);
        using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]) { RedirectStandardError = true, UseShellExecute = false })
            .ShouldNotBeNull();
        var errors = await compiler.StandardError.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        compiler.ExitCode.ShouldBe(0, $"This test needs gcc (Debian package gcc) to build a library that makes disk calls fail: {errors}");
        return library;
    }
}
