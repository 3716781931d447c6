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
for (var seed = options.Seed; seed < options.Seed + options.Runs; seed++)
    reports.Add(await ChaosRun.RunAsync(FaultPlan.Create(seed, options.Length, options.Faults), options.Output, Console.WriteLine));

Console.WriteLine(RunTotals.Of(reports));
return reports.Exists(report => report.Violations.Count > 0) ? 1 : 0;
