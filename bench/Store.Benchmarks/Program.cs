using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Molino.Storage;
using Molino.Storage.Sqlite;
using Molino.Store.Benchmarks;

// Usage: Store.Benchmarks [folder] [backlog] [cache in MiB]   The folder should lie on the disk that is to be measured.
var folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "molino-bench-" + Environment.ProcessId);
var backlog = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
var cache = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : new SqliteStoreOptions().CacheMiB;
Directory.CreateDirectory(folder);
var lastCpu = TimeSpan.Zero;
try
{
    await RunAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task RunAsync()
{
    Report("fsync of 4 KiB appended, p50", DiskProbe.MeasureSync(folder), "us");
    await using var services = new ServiceCollection()
        .AddSqliteStore(options =>
        {
            options.Path = Path.Combine(folder, "molino.db");
            options.CacheMiB = cache;
        })
        .BuildServiceProvider();
    var store = services.GetRequiredService<IJobStore>();
    await store.OpenAsync("bench/1", CancellationToken.None);
    var load = new StoreLoad(store);

    await load.SubmitAsync(20_000, batch: 1000, callers: 2);
    await load.DrainAsync(20_000, batch: 100, pools: 1);

    Report("submit one by one, one caller", await load.SubmitAsync(3000, batch: 1, callers: 1), "jobs/s");
    Report("submit one by one, 16 callers", await load.SubmitAsync(20_000, batch: 1, callers: 16), "jobs/s");
    Report("lease 100 + complete 100 a commit, one pool", await load.DrainAsync(23_000, batch: 100, pools: 1), "jobs/s");
    Report("submit in batches of 1,000, two callers", await load.SubmitAsync(200_000, batch: 1000, callers: 2), "jobs/s");
    Report("lease 100 + complete 100, two pools", await load.DrainAsync(200_000, batch: 100, pools: 2), "jobs/s");
    Report("submit to result, p50", await load.RoundTripAsync(500), "us");

    var before = (await store.TotalsAsync(CancellationToken.None)).Bytes;
    Report("submit up to 10,000 queued", await load.SubmitAsync(10_000, batch: 1000, callers: 2), "jobs/s");
    Report("  lease 100 + complete 100 at 10,000 queued", await load.DrainAsync(5000, batch: 100, pools: 1), "jobs/s");
    await load.SubmitAsync(5000, batch: 1000, callers: 1);
    Report($"submit up to {backlog:n0} queued", await load.SubmitAsync(backlog - 10_000, batch: 1000, callers: 2), "jobs/s");
    Report("  lease 100 + complete 100 there", await load.DrainAsync(50_000, batch: 100, pools: 1), "jobs/s");
    Report("  bytes of a queued job", ((await store.TotalsAsync(CancellationToken.None)).Bytes - before) / (double)backlog, "bytes");
    Report("  memory of the process (RSS)", Environment.WorkingSet / 1048576.0, "MiB");
    Report("  memory of the process, peak", PeakMemory(), "MiB");
    Report("  log (-wal file)", new FileInfo(Path.Combine(folder, "molino.db-wal")).Length / 1048576.0, "MiB");
    Report("  drain half of it", await load.DrainAsync(backlog / 2, batch: 100, pools: 2), "jobs/s");
    Report("  memory of the process, peak", PeakMemory(), "MiB");
    var after = await store.TotalsAsync(CancellationToken.None);
    Report("bytes of the store a job, finished and queued", after.Bytes / (double)(after.Live + after.Finished), "bytes");
}

static double PeakMemory()
{
    using var self = Process.GetCurrentProcess();
    return self.PeakWorkingSet64 / 1048576.0;
}

void Report(string name, double value, string unit)
{
    var used = Environment.CpuUsage.TotalTime;
    var cpu = used - lastCpu;
    lastCpu = used;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-48} {value,12:n1} {unit,-8} (cpu {cpu.TotalMilliseconds:n0} ms)"));
    Console.WriteLine(JsonSerializer.Serialize(new { bench = "store", name = name.Trim(), value = Math.Round(value, 1), unit, cpuMs = (long)cpu.TotalMilliseconds }));
}
