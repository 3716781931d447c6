using System.Diagnostics;
using Microsoft.Extensions.Options;
using Molino.Core;
using Molino.Hosting;
using Molino.Silo;
using Molino.Storage;
using Orleans.Runtime;

var started = Stopwatch.GetTimestamp();
try
{
    if (await SiloApplication.TryRunAsChildAsync(args)) return ExitCode.Clean;
    using var signals = new StopSignals();
    while (!signals.AreHeard)
    {
        await using var app = SiloApplication.Build(args, signals);
        app.Lifetime.ApplicationStarted.Register(() => Banner.Print(app, Stopwatch.GetElapsedTime(started)));
        var removal = app.Services.GetService<SiloRemoval>();
        try
        {
            await app.RunSiloAsync(signals);
            if (removal is not { WasRemoved: true }) return ExitCode.Clean;
        }
        catch (StoreException error) when (error.Code == ErrorCodes.StoreReplaced)
        {
            await app.DisposeAsync();
            await using var waiting = SiloApplication.BuildWaiting(args, signals);
            var wait = waiting.Services.GetRequiredService<StoreWait>();
            await waiting.RunSiloAsync(signals);
            if (!wait.IsOver) return ExitCode.Clean;
        }

        started = Stopwatch.GetTimestamp(); // removed from the cluster while it was paused or cut off: it joins again as a new silo
    }

    return ExitCode.Clean;
}
catch (ConfigurationException error)
{
    await Console.Error.WriteLineAsync($"molino: {error.Message}");
    return ExitCode.BadConfiguration;
}
catch (OptionsValidationException error)
{
    await Console.Error.WriteLineAsync($"molino: {string.Join(' ', error.Failures)}");
    return ExitCode.BadConfiguration;
}
catch (InvalidOperationException error) when (error.InnerException is FormatException or ArgumentException)
{
    await Console.Error.WriteLineAsync($"molino: {error.Message}"); // the configuration binder names the key
    return ExitCode.BadConfiguration;
}
catch (StoreException error)
{
    await Console.Error.WriteLineAsync($"molino: {error.Message} [{error.Code}]");
    return ExitCode.StoreUnusable;
}
catch (OrleansException error)
{
    await Console.Error.WriteLineAsync($"molino: {error.Message}"); // the members of the cluster refuse this silo
    return ExitCode.StoreUnusable;
}
catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"molino: Http:Urls: {error.Message} Choose another with --Http:Urls=http://127.0.0.1:8081.");
    return ExitCode.BadConfiguration;
}
