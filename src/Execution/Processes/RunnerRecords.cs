using System.Globalization;
using System.Text.Json;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Processes;

/// <summary>The child runners of this machine's silos, one small file each, named by process id.</summary>
internal sealed class RunnerRecords(string folder)
{
    private static readonly string Boot = ReadBoot();

    internal void Add(ProcessIdentity runner, string mark)
    {
        Directory.CreateDirectory(folder);
        var self = ProcessIdentity.Self;
        var record = new RunnerRecord(runner.Pid, runner.Start, runner.Pid, self.Pid, self.Start, Boot, mark);
        File.WriteAllBytes(PathOf(runner.Pid), JsonSerializer.SerializeToUtf8Bytes(record, RunnerJson.Default.RunnerRecord));
    }

    internal void Remove(ProcessIdentity runner) => File.Delete(PathOf(runner.Pid));

    /// <summary>All records of this boot. Others, and files that a crash left half written, are removed: the mark finds what they stood for.</summary>
    internal List<RunnerRecord> ReadAll()
    {
        var records = new List<RunnerRecord>();
        if (!Directory.Exists(folder)) return records;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (TryRead(path) is { } record && record.Boot == Boot) records.Add(record);
            else File.Delete(path);
        }

        return records;
    }

    private static RunnerRecord? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RunnerJson.Default.RunnerRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ReadBoot()
    {
        const string Path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Path) ? File.ReadAllText(Path).Trim() : string.Empty;
    }

    private string PathOf(int pid) => Path.Combine(folder, pid.ToString(CultureInfo.InvariantCulture) + ".json");
}
