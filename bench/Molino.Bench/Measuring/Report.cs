using System.Globalization;
using System.Text.Json;

namespace Molino.Bench;

/// <summary>Collects measurements: each is a JSON line at once, so that a run that is cut short loses nothing.</summary>
internal sealed class Report(string file) : IDisposable
{
    private readonly StreamWriter _lines = new(file, append: true) { AutoFlush = true };
    private readonly List<Measurement> _measurements = [];
    private MachineLoad _load = MachineLoad.Start();

    /// <summary>All so far, in order.</summary>
    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>From here on, what others use of the machine is counted anew.</summary>
    public void BeginScenario() => _load = MachineLoad.Start();

    /// <summary>Adds one.</summary>
    public void Add(string metric, double value, string unit, string config = "")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var one = new Measurement(metric, Math.Round(value, 4), unit, config, MachineLoad.OneMinute(), _load.OtherCores(), now);
        _measurements.Add(one);
        _lines.WriteLine(JsonSerializer.Serialize(one));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {metric,-32} {value,14:N2} {unit,-8} {config}"));
    }

    /// <summary>Adds median, 99th percentile and largest.</summary>
    public void AddSpread(string metric, IReadOnlyList<double> samples, string unit, string config = "")
    {
        Add(metric + ".p50", Samples.Percentile(samples, 50), unit, config);
        Add(metric + ".p99", Samples.Percentile(samples, 99), unit, config);
        Add(metric + ".max", Samples.Percentile(samples, 100), unit, config);
    }

    public void Dispose() => _lines.Dispose();
}
