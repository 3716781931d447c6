using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Molino.Execution;

namespace Molino.Chaos.Silo;

/// <summary>A file of lines, each written with one call to the system: what stands there survives kill -9 of this process.</summary>
internal sealed class WorkJournal : IDisposable
{
    /// <summary>How lines are written.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly SiloInfo _silo;
    private readonly TimeProvider _time;
    private int _runs;

    public WorkJournal(string path, SiloInfo silo, TimeProvider time)
    {
        _silo = silo;
        _time = time;
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>Names a run as no other is named.</summary>
    public string NewRun() => string.Create(CultureInfo.InvariantCulture, $"{_silo.Id}.{Interlocked.Increment(ref _runs)}");

    /// <summary>Writes a line; it is with the system when this returns.</summary>
    public void Write(WorkKind kind, IJobContext context, string run, string? outcome = null)
    {
        lock (_lock)
        {
            var record = new WorkRecord(
                Stopwatch.GetTimestamp(), _time.GetUtcNow(), kind, context.JobId.ToString(), run, context.Attempt, _silo.Id, Environment.ProcessId, outcome);
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, Format), (byte)'\n']);
        }
    }

    public void Dispose() => _file.Dispose();
}
