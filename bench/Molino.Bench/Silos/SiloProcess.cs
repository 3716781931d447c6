using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Molino.Client;

namespace Molino.Bench;

/// <summary>A real silo: its own process on a free loopback port, its store in a folder that goes with it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, bool> Running = new();

    private readonly string _program;
    private readonly int _concurrency;
    private readonly int _port = FreePort();
    private Process _process;

    private SiloProcess(string program, string folder, int concurrency)
    {
        (_program, Folder, _concurrency) = (program, folder, concurrency);
        Client = new MolinoClient(new MolinoClientOptions { Url = Url, RetryFor = TimeSpan.Zero });
        _process = Launch();
    }

    /// <summary>Silo processes that run now.</summary>
    public static IEnumerable<int> Alive => Running.Keys;

    /// <summary>A client of this silo.</summary>
    public MolinoClient Client { get; }

    /// <summary>The process.</summary>
    public int Pid => _process.Id;

    /// <summary>The store's folder.</summary>
    public string Folder { get; }

    /// <summary>Where the silo listens.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Bytes of the store's files.</summary>
    public long StoreBytes => new DirectoryInfo(Folder).EnumerateFiles("molino.db*").Sum(file => file.Length);

    /// <summary>Starts a silo and waits until it is ready.</summary>
    public static async Task<SiloProcess> StartAsync(string program, string folder, int concurrency)
    {
        var silo = new SiloProcess(program, folder, concurrency);
        await silo.UntilReadyAsync();
        return silo;
    }

    /// <summary>Ends the process as a crash would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
    }

    /// <summary>Asks the process to drain and end, and waits for that.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Pid.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
    }

    /// <summary>Starts the process anew on the same store.</summary>
    public void Restart() => _process = Launch();

    /// <summary>Waits until the silo says that it is ready.</summary>
    public async Task UntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The silo ended with exit code {_process.ExitCode}; see {LogFile}.");
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"The silo is not ready after 60 s; see {LogFile}.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string LogFile => Path.Combine(Folder, "silo.log");

    private Process Launch()
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        string[] settings =
        [
            $"--Http:Urls={Url}", $"--Store:Path={Path.Combine(Folder, "molino.db")}",
            string.Create(CultureInfo.InvariantCulture, $"--Pools:default:Concurrency={_concurrency}"), "--Logging:LogLevel:Default=Warning",
        ];
        // The shell only points the output to a file; exec keeps the process id.
        foreach (var word in (string[])["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", LogFile, "dotnet", _program, .. settings]) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        Running[process.Id] = true;
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
