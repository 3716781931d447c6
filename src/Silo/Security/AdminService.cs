using Molino.Api;
using Molino.Hosting;

namespace Molino.Silo;

/// <summary>Makes the first administrator of a silo with logins, before it listens, and says where the credentials are.</summary>
internal sealed partial class AdminService(IServiceProvider services, SiloPaths paths, ILogger<AdminService> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await services.EnsureMolinoAdminAsync(paths.DataFolder, cancellationToken) is { } file) LogCreated(log, file);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "Made the user 'admin'; its credentials are in {File}. Use them to add users, then delete the file.")]
    private static partial void LogCreated(ILogger log, string file);
}
