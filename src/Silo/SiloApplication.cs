using Molino.Api;
using Molino.Execution.Runner;
using Molino.Hosting;
using Molino.Jobs.BuiltIn;
using Molino.Jobs.SqlLab;

namespace Molino.Silo;

/// <summary>Puts the silo together: a thin program over the hosting library and the API.</summary>
internal static partial class SiloApplication
{
    /// <summary>Builds the silo; nothing is opened yet.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="lifetime">What ends it.</param>
    /// <exception cref="Core.ConfigurationException">A key or value of the configuration cannot be used.</exception>
    public static WebApplication Build(string[] args, IHostLifetime lifetime)
    {
        var (builder, http) = CreateBuilder(args, lifetime);
        builder.AddMolino(molino => AddJobs(molino, builder.Configuration, http.RunsCommands));
        builder.Services.AddHostedService<AdminService>();
        AddActorDashboard(builder);
        var app = Finish(builder);
        MapActorDashboard(app);
        return app;
    }

    /// <summary>Builds what answers while the silo cannot start because its store was replaced.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="lifetime">What ends it.</param>
    /// <exception cref="Core.ConfigurationException">A key or value of the configuration cannot be used.</exception>
    public static WebApplication BuildWaiting(string[] args, IHostLifetime lifetime)
    {
        var (builder, _) = CreateBuilder(args, lifetime);
        builder.AddMolinoWaiting();
        return Finish(builder);
    }

    /// <summary>Serves as a child runner when a silo started this process for that.</summary>
    public static Task<bool> TryRunAsChildAsync(string[] args) => MolinoRunner.TryRunAsync(services =>
    {
        var configuration = new ConfigurationManager();
        SiloConfiguration.Add(configuration, args);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddMolinoJobs(configuration, molino => AddJobs(molino, configuration, runsCommands: true));
    });

    private static (WebApplicationBuilder Builder, HttpSettings Http) CreateBuilder(string[] args, IHostLifetime lifetime)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(lifetime);
        SiloConfiguration.Add(builder.Configuration, args);
        var http = HttpSettings.Read(builder.Configuration);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.WebHost.UseUrls(http.Urls).ConfigureKestrel(kestrel => kestrel.UseMolinoLimits())
            .UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true); // requests go on where their bytes arrive: a thread less to wake, twice a call
        return (builder, http);
    }

    private static WebApplication Finish(WebApplicationBuilder builder)
    {
        builder.Services.AddMolinoApi(builder.Configuration);
        builder.Services.AddSingleton<IUserStore, StateUserStore>();
        var app = builder.Build();
        app.MapMolinoApi();
        return app;
    }

    /// <summary>The actor runtime's own dashboard, where it has one (<c>Hosting/</c>).</summary>
    static partial void AddActorDashboard(WebApplicationBuilder builder);

    static partial void MapActorDashboard(WebApplication app);

    private static void AddJobs(MolinoBuilder molino, ConfigurationManager configuration, bool runsCommands)
    {
        molino.AddJobTypes(BuiltInJobs.Types.Where(type => runsCommands || type.Name != BuiltInJobs.ProcessRunName));
        molino.Services.AddSqlLab(configuration.GetSection("Sql"));
        molino.AddJobTypes(SqlLabJobs.Types);
    }
}
