using System.Diagnostics;
using System.Globalization;
using Molino.Conformance.Stores;
using Xunit.Runner.InProc.SystemConsole;

namespace Molino.Storage.Redis.Tests;

/// <summary>Runs the tests, or is a child process of one.</summary>
public static class Program
{
    private const string Marker = "--child";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [Marker, var role, .. var rest]) return await ConsoleRunner.Run(args);
        await (role switch
        {
            "crash" => CrashAsync(rest[0], int.Parse(rest[1], CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"'{role}' is no role of a child process.", nameof(args)),
        });
        return 0;
    }

    /// <summary>How to start this executable as a child in a role.</summary>
    internal static ProcessStartInfo Child(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? throw new InvalidOperationException("No process path."))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) is "dotnet") start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add(Marker);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return start;
    }

    private static async Task CrashAsync(string address, int seed)
    {
        await using var services = RedisHarness.Build(address, TimeProvider.System);
        var faces = RedisHarness.Faces(services);
        await faces.Jobs.OpenAsync("silo-crash/" + seed.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
        await CrashWriter.RunAsync(faces, seed, Console.Out);
    }
}
