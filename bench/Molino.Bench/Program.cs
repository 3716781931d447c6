using System.Globalization;
using Molino.Bench;

var options = BenchOptions.Parse(args);
if (options is null) return 2;

using var report = new Report(options.Out);
var context = new BenchContext(options, report);
foreach (var scenario in options.Scenarios)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"== {scenario.Name} (load {MachineLoad.OneMinute():0.00})"));
    report.BeginScenario();
    await scenario.RunAsync(context);
}

Console.WriteLine();
Console.Write(ResultTable.Format(report.Measurements));
Console.WriteLine($"JSON lines: {options.Out}");
return 0;
