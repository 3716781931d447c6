using System.Diagnostics;
using System.Globalization;
using Molino.Client;
using Molino.TestServers;

namespace Molino.Bench;

/// <summary>A real silo: its own process on a free loopback port, with a folder that goes with it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly BenchStore _store;
    private readonly bool _ownsStore;
    private readonly int _concurrency;
    private readonly IMolinoTransport _transport;
    private readonly int _port = TestMachine.FreePort();
    private Process _process;

    private SiloProcess(BenchOptions options, BenchStore store, bool ownsStore, int concurrency)
    {
        (_options, _store, _ownsStore, _concurrency) = (options, store, ownsStore, concurrency);
        Folder = TestMachine.NewFolder("bench");
        _transport = options.IsOverGateway
            ? new GatewayTransport(new MolinoGatewayOptions { Gateways = { string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{GatewayPort}") }, RetryFor = TimeSpan.Zero })
            : new HttpTransport(new MolinoClientOptions { Url = Url, RetryFor = TimeSpan.Zero });
        Client = new MolinoClient(_transport, TimeProvider.System);
        _process = Launch();
    }

    /// <summary>A client of this silo.</summary>
    public MolinoClient Client { get; }

    /// <summary>The process.</summary>
    public int Pid => _process.Id;

    /// <summary>The silo's folder.</summary>
    public string Folder { get; }

    /// <summary>Where other silos connect, if the store is shared.</summary>
    public int SiloPort { get; } = TestMachine.FreePort();

    /// <summary>Where clients connect, if the store is shared.</summary>
    public int GatewayPort { get; } = TestMachine.FreePort();

    /// <summary>Where the silo listens.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Bytes that the store uses, while the silo is stopped.</summary>
    public Task<long> StoreBytesAsync() => _store.BytesAsync(Folder);

    /// <summary>Starts a silo and waits until it is ready.</summary>
    /// <param name="options">The program's file, and what clients run over.</param>
    /// <param name="store">Its store.</param>
    /// <param name="ownsStore">Whether the store goes with the silo.</param>
    /// <param name="concurrency">Slots of its pool.</param>
    public static async Task<SiloProcess> StartAsync(BenchOptions options, BenchStore store, bool ownsStore, int concurrency)
    {
        var silo = new SiloProcess(options, store, ownsStore, concurrency);
        await silo.UntilReadyAsync();
        return silo;
    }

    /// <summary>Ends the process as a crash would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        OwnProcesses.Remove(_process.Id);
    }

    /// <summary>Asks the process to drain and end, and waits for that.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Pid.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        OwnProcesses.Remove(_process.Id);
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
        if (_transport is IAsyncDisposable gateway) await gateway.DisposeAsync();
        else (_transport as IDisposable)?.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        if (_ownsStore) await _store.DisposeAsync();
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
            .. _store.Settings(Folder, SiloPort),
            .. _options.IsRedis ? (string[])[string.Create(CultureInfo.InvariantCulture, $"--Cluster:GatewayPort={GatewayPort}")] : [],
        ];
        // The shell only points the output to a file; exec keeps the process id.
        foreach (var word in (string[])["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", LogFile, "dotnet", _options.Silo, .. settings]) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        OwnProcesses.Add(process.Id);
        return process;
    }
}
