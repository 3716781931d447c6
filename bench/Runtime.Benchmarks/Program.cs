using BenchmarkDotNet.Running;
using Molino.Runtime.Benchmarks;

if (args.Contains("--quick"))
{
    await QuickRun.RunAsync();
}
else if (args is ["--state", var redis])
{
    await QuickRun.RunStateAsync(redis);
}
else if (args.Contains("--remote"))
{
    await QuickRun.RunRemoteAsync();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
}
