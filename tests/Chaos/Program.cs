using Molino.Chaos;

ChaosOptions options;
try
{
    options = ChaosOptions.Read(args);
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"{error.Message}\n{ChaosOptions.Usage}");
    return 2;
}

var reports = new List<RunReport>();
var undone = 0;
for (var seed = options.Seed; seed < options.Seed + options.Runs; seed++)
{
    try
    {
        reports.Add(await ChaosRun.RunAsync(FaultPlan.Create(seed, options.Length, options.Faults), options.Output, Console.WriteLine));
    }
    catch (Exception error) when (options.Runs > 1)
    {
        undone++; // the others still tell something; the exit code tells of this one
        await Console.Error.WriteLineAsync($"seed {seed}: {error}");
    }
}

if (reports.Count > 0) Console.WriteLine(RunTotals.Of(reports));
if (undone > 0) Console.WriteLine($"{undone} runs could not be done");
return undone > 0 || reports.Exists(report => report.Violations.Count > 0) ? 1 : 0;
