using Molino.Api;
using Molino.Chaos.Silo;
using Molino.Execution;
using Molino.Hosting;

// Like the real silo's program: a silo that the cluster removed starts anew in the same process.
using var signals = new StopSignals();
while (!signals.AreHeard)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "HH:mm:ss.fff ";
    });
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
    builder.Services.AddSingleton<IHostLifetime>(signals);
    builder.WebHost.UseUrls(builder.Configuration["Http:Urls"]!).ConfigureKestrel(kestrel => kestrel.UseMolinoLimits());
    builder.AddMolino(molino => molino.AddJob<WorkHandler>());
    var journal = builder.Configuration["Chaos:Journal"]!;
    builder.Services.AddSingleton(services => new WorkJournal(journal, services.GetRequiredService<SiloInfo>(), services.GetRequiredService<TimeProvider>()));
    builder.Services.AddMolinoApi(builder.Configuration);
    await using var app = builder.Build();
    app.MapMolinoApi();
    var removal = app.Services.GetRequiredService<SiloRemoval>();
    await app.RunSiloAsync(signals);
    if (!removal.WasRemoved) return;
}
