using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Runtime.Hosting;
using Molino.Runtime.TestHost;
using Molino.Runtime.Transport;
using Orleans.Configuration;
using Orleans.Hosting;

// One silo of a cluster whose membership table is in the test's process. Arguments: the silo's name, the table's port. Ends with its standard input.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.UseOrleans(silo => silo
    .UseMembershipTable(_ => new RemoteTable(int.Parse(args[1], CultureInfo.InvariantCulture)))
    .Configure<SiloOptions>(options => options.SiloName = args[0])
    .Configure<ClusterOptions>(options => options.ClusterId = "processes")
    .Configure<EndpointOptions>(options => options.SiloPort = 0)
    .Configure<TransportOptions>(options => options.Secret = "secret"));
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("ready");
await Console.In.ReadToEndAsync();
await host.StopAsync();
