using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Molino.Client;
using Molino.Hosting;
using WordCount;

// A host of your own that runs your own handlers: the silo lives in this process, its store in data/molino.db.
var builder = Host.CreateApplicationBuilder(args);
builder.AddMolino(molino => molino.AddJob<CountWords>(options => options.MaxAttempts = 2));
using var host = builder.Build();
await host.StartAsync();

var client = new MolinoClient(host.Services.GetRequiredService<IMolinoTransport>(), TimeProvider.System);
var job = await client.SubmitAsync(new CountWordsArgs("what goes to the mill goes to the miller"));
var totals = await job.ResultAsync<WordTotals>(TimeSpan.FromSeconds(10));
Console.WriteLine($"{job.Id}: {totals!.Words} words, {totals.Distinct} distinct, the longest is '{totals.Longest}'.");

await host.StopAsync();
