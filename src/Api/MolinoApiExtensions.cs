using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Molino.Client;

namespace Molino.Api;

/// <summary>Puts the HTTP API into a host.</summary>
public static class MolinoApiExtensions
{
    /// <summary>Adds the API's services. The host adds <see cref="IMolinoTransport"/>, and <see cref="IUserStore"/> where logins are used.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Its configuration: <c>Auth:Mode</c> and <c>Http:PathBase</c> are read here.</param>
    /// <remarks>A value that is not valid stops the start with an <see cref="OptionsValidationException"/> that names the key.</remarks>
    public static IServiceCollection AddMolinoApi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var auth = new AuthOptionsReader(configuration);
        services.AddSingleton<IConfigureOptions<AuthOptions>>(auth).AddSingleton<IValidateOptions<AuthOptions>>(auth);
        services.AddOptions<AuthOptions>().ValidateOnStart();
        services.AddOptions<HttpPathOptions>()
            .Configure(options => options.PathBase = configuration["Http:PathBase"] ?? "")
            .Validate(options => options.IsValid, "Http:PathBase: must be empty or like /molino, without a slash at its end.")
            .ValidateOnStart();
        services.AddOptions<EventStreamOptions>()
            .Validate(options => options.Heartbeat.TotalSeconds is >= 0.05 and <= 20, "The heartbeat of event streams must be 0.05 s to 20 s.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<VerifiedCredentials>().AddSingleton<FailedLogins>().AddSingleton<UserDirectory>();
        services.AddSingleton<AccessControl>().AddSingleton<AdminBootstrap>();
        services.AddSingleton<SubmitCalls>().AddSingleton<JobReadCalls>().AddSingleton<JobResultCalls>().AddSingleton<JobActionCalls>();
        services.AddSingleton<QueueCalls>().AddSingleton<ClusterCalls>().AddSingleton<SiloCalls>().AddSingleton<EventCalls>().AddSingleton<HealthCalls>().AddSingleton<UserCalls>();
        services.AddSingleton<SqlCalls>().AddSingleton<SqlRowCalls>().AddSingleton<StoreCalls>().AddSingleton<StoreAcceptCalls>();
        return services.AddApiDocument();
    }

    /// <summary>Maps the API, its document and the start page. Call it once, before the host starts.</summary>
    /// <param name="app">The host.</param>
    /// <exception cref="OptionsValidationException">The configuration is not valid.</exception>
    public static WebApplication MapMolinoApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        app.UseMiddleware<ErrorAnswers>();
        var pathBase = services.GetRequiredService<IOptions<HttpPathOptions>>().Value.PathBase;
        if (pathBase.Length > 0) app.UsePathBase(pathBase);
        app.UseMiddleware<RequestGuard>();
        app.UseDocumentPages();
        app.UseRouting();
        var calls = new CallMap(app, services.GetRequiredService<AccessControl>());
        services.GetRequiredService<SubmitCalls>().Map(calls);
        services.GetRequiredService<JobReadCalls>().Map(calls);
        services.GetRequiredService<JobResultCalls>().Map(calls);
        services.GetRequiredService<JobActionCalls>().Map(calls);
        services.GetRequiredService<QueueCalls>().Map(calls);
        services.GetRequiredService<ClusterCalls>().Map(calls);
        services.GetRequiredService<SiloCalls>().Map(calls);
        services.GetRequiredService<StoreCalls>().Map(calls);
        services.GetRequiredService<EventCalls>().Map(calls);
        services.GetRequiredService<HealthCalls>().Map(calls);
        services.GetRequiredService<UserCalls>().Map(calls);
        services.GetRequiredService<SqlCalls>().Map(calls);
        services.GetRequiredService<SqlRowCalls>().Map(calls);
        services.GetRequiredService<StoreAcceptCalls>().Map(calls);
        NotBuiltCalls.Map(calls);
        app.MapApiDocument();
        return app;
    }

    /// <summary>Sets the server's limits: bodies up to 64 MiB are read (each call takes less, and says so), headers up to 64 KiB.</summary>
    /// <param name="options">The server's options.</param>
    public static KestrelServerOptions UseMolinoLimits(this KestrelServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = ApiBody.Discarded;
        options.Limits.MaxRequestLineSize = 16 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        return options;
    }

    /// <summary>Makes the first administrator when logins are on and there are no users. Call it at start, once the store is ready.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="dataFolder">Where the file <c>admin-credentials</c> goes, readable by this process's user only.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The file's path, to be shown to whoever starts the silo; null when nothing was to be done.</returns>
    public static Task<string?> EnsureMolinoAdminAsync(this IServiceProvider services, string dataFolder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        return services.GetRequiredService<AdminBootstrap>().EnsureAsync(dataFolder, cancellationToken);
    }
}
