using System.Diagnostics;
using Molino.Conformance.Stores;
using Xunit.Runner.InProc.SystemConsole;

namespace Molino.Storage.Sqlite.Tests;

/// <summary>Runs the tests, or is a child process of one.</summary>
public static class Program
{
    private const string Marker = "--child";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [Marker, var role, .. var rest]) return await ConsoleRunner.Run(args);
        await (role switch
        {
            "crash" => CrashAsync(rest[0], int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture)),
            "hold" => HoldAsync(rest[0]),
            "failing-disk" => Faults.FailingDiskTests.RunChildAsync(rest[0], rest[1]),
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
        if (System.IO.Path.GetFileNameWithoutExtension(start.FileName) is "dotnet") start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add(Marker);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return start;
    }

    /// <summary>Holds the store until it is killed.</summary>
    private static async Task HoldAsync(string path)
    {
        await using var services = SqliteHarness.Build(path, TimeProvider.System);
        var store = SqliteHarness.Faces(services).Jobs;
        await store.OpenAsync("silo-holder/1", CancellationToken.None);
        await TestJobs.SubmitAsync(store, 3);
        Console.WriteLine("open");
        await Console.In.ReadToEndAsync();
    }

    private static async Task CrashAsync(string path, int seed)
    {
        await using var services = SqliteHarness.Build(path, TimeProvider.System);
        var faces = SqliteHarness.Faces(services);
        await faces.Jobs.OpenAsync("silo-crash/" + seed, CancellationToken.None);
        await CrashWriter.RunAsync(faces, seed, Console.Out);
    }
}
