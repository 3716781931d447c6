using System.Diagnostics;
using System.Globalization;
using Molino.Runtime.TestHost;

namespace Molino.Runtime.Tests.Processes;

/// <summary>A silo in a process of its own.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SiloProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public static async Task<SiloProcess> StartAsync(string name, int tablePort)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HomeGrain).Assembly.Location, name, tablePort.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var silo = new SiloProcess(name, Process.Start(start)!);
        (await silo._process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).ShouldBe("ready");
        return silo;
    }

    public Task KillAsync() => SignalAsync("KILL");

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("KILL");
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
