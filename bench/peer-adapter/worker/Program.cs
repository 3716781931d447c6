using System.Globalization;
using Molino.Api;
using Molino.Hosting;
using Molino.PeerWorker;
using Molino.Storage;

// hold: a silo whose pool serves no queue in use, so that jobs gather. work: takes the store over from the holder, if there is one, and runs the jobs.
var works = args is ["work"];
if (!works && args is not ["hold"]) return 2;

var url = $"http://127.0.0.1:{Environment.GetEnvironmentVariable("BENCH_REDIS_PORT")}";
var store = Path.Combine(Environment.GetEnvironmentVariable("BENCH_WORK") ?? ".", "molino.db");
if (works) await HandOver.TakeAsync(url);

var builder = WebApplication.CreateSlimBuilder();
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Store:Path"] = store });
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls(url).UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true); // as the silo itself
builder.Services.AddSingleton<EventFile>();
builder.AddMolino(molino =>
{
    molino.AddJob<NoopHandler>(name: "noop").AddJob<NapHandler>(name: "nap").AddJob<DueHandler>(name: "due");
    if (works) molino.AddPool("default", pool => pool.Concurrency = int.Parse(Environment.GetEnvironmentVariable("MOLINO_SLOTS") ?? "100", CultureInfo.InvariantCulture));
    else molino.AddPool("none", pool => pool.Queues = ["none"]);
});
builder.Services.AddMolinoApi(builder.Configuration);
var app = builder.Build();
app.MapMolinoApi();
app.MapPost(HandOver.Path, HandOver.Give);
app.MapGet("/bench/finished", async (IJobStore jobs, HttpContext context) =>
{
    var totals = await jobs.TotalsAsync(context.RequestAborted);
    await context.Response.WriteAsync((totals.Accepted - totals.Live).ToString(CultureInfo.InvariantCulture), context.RequestAborted);
});
await app.RunAsync();
return 0;
