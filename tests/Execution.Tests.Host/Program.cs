using Microsoft.Extensions.DependencyInjection;
using Molino;
using Molino.Execution.Runner;
using Molino.Execution.Tests.Host;

if (await MolinoRunner.TryRunAsync(static services => services.AddSingleton<IJobTypeRegistry>(new HostTypes()))) return 0;
return args[0] == "measure" ? await Measurement.RunAsync(args[1]) : await SmallSilo.RunAsync(args);
