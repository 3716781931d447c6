using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Molino.Storage;
using Molino.Store.Benchmarks;

// Usage: Store.Benchmarks [--store sqlite|redis] [folder] [backlog]   The folder should lie on the disk that is to be measured.
// With redis a redis-server of its own runs on a free port, with appendonly yes and appendfsync everysec.
var kind = args is ["--store", var given, ..] ? given : "sqlite";
var rest = args is ["--store", _, .. var others] ? others : args;
var folder = rest.Length > 0 ? rest[0] : Path.Combine(Path.GetTempPath(), "molino-bench-" + Environment.ProcessId);
var backlog = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 1_000_000;
Directory.CreateDirectory(folder);
var (lastCpu, lastServerCpu) = (TimeSpan.Zero, TimeSpan.Zero);
MeasuredStore? measured = null;
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
    measured = await MeasuredStore.StartAsync(kind, folder);
    await using var stops = measured;
    await using var services = measured.Services.BuildServiceProvider();
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
    if (measured.LogFile is { } log) Report("  log (-wal file)", new FileInfo(log).Length / 1048576.0, "MiB");
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
    var serverUsed = measured?.ServerCpu() ?? TimeSpan.Zero;
    var serverCpu = serverUsed - lastServerCpu;
    lastServerCpu = serverUsed;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-48} {value,12:n1} {unit,-8} (cpu {cpu.TotalMilliseconds:n0} ms, server {serverCpu.TotalMilliseconds:n0} ms)"));
    Console.WriteLine(JsonSerializer.Serialize(new { bench = "store", store = kind, name = name.Trim(), value = Math.Round(value, 1), unit, cpuMs = (long)cpu.TotalMilliseconds, serverCpuMs = (long)serverCpu.TotalMilliseconds }));
}
