using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Molino.TestServers;

namespace Molino.Chaos;

/// <summary>One of the silos: its processes, one after the other, on the same ports, and the proxies through which it is reached and reaches Redis.</summary>
internal sealed partial class SiloNode : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly int _httpPort = TestMachine.StablePort();
    private readonly int _siloPort = TestMachine.StablePort();
    private readonly bool _fakesClock;
    private readonly HttpClient _http;
    private ServerProcess? _process;
    private int _starts;

    /// <summary>Prepares a silo; nothing is started yet.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="folder">Where its files go.</param>
    /// <param name="redisPort">Where Redis is.</param>
    /// <param name="fakesClock">Whether its clock is to be stepped.</param>
    /// <param name="originOf">Tells which silo dialled.</param>
    public SiloNode(int number, string folder, int redisPort, bool fakesClock, Func<IPEndPoint, IPEndPoint, int> originOf)
    {
        Number = number;
        _folder = Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"silo-{number}"))).FullName;
        _fakesClock = fakesClock;
        Redis = new TcpProxy(TestMachine.StablePort(), redisPort, static (_, _) => TcpProxy.Everybody);
        Peers = new TcpProxy(TestMachine.StablePort(), _siloPort, originOf);
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_httpPort}"));
        _http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(2) };
        StepClock(0);
    }

    public int Number { get; }

    public Uri Url { get; }

    /// <summary>Between this silo and Redis.</summary>
    public TcpProxy Redis { get; }

    /// <summary>Between the silos that dial this one, and this one.</summary>
    public TcpProxy Peers { get; }

    /// <summary>The present process; 0 before the first.</summary>
    public int Process => _process?.Id ?? 0;

    public bool HasEnded => _process?.HasEnded ?? true;

    private string ClockFile => Path.Combine(_folder, "clock");

    public async Task StartAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        var start = ++_starts;
        string[] clock = _fakesClock
            ? ["env", $"LD_PRELOAD={FakeTime}", $"FAKETIME_TIMESTAMP_FILE={ClockFile}", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1"]
            : ["env"];
        _process = await ServerProcess.StartAsync(
            "silo", Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"log-{start}.txt")), "KILL", [.. clock, "dotnet", "exec", Program, .. Settings(start)]);
    }

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Waits until it is ready, or has ended.</summary>
    /// <returns>Whether it is ready.</returns>
    /// <exception cref="InvalidOperationException">Neither came in time; with the end of its log.</exception>
    public async Task<bool> UntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync(CancellationToken.None))
        {
            if (HasEnded) return false;
            if (limit.IsCancellationRequested) throw new InvalidOperationException($"Silo {Number} was not ready within {Patience.TotalSeconds:0} s:\n{LogEnd()}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return true;
    }

    public async Task KillAsync()
    {
        Signal(SigKill);
        await UntilEndedAsync();
    }

    /// <summary>Stops it cleanly, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        Signal(SigTerm);
        await UntilEndedAsync();
    }

    public void Pause() => Signal(SigStop);

    public void Resume() => Signal(SigContinue);

    /// <summary>Sets its wall clock so many seconds off; the silo sees it within a second.</summary>
    public void StepClock(int seconds)
    {
        var next = ClockFile + ".next";
        File.WriteAllText(next, seconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(next, ClockFile, overwrite: true);
    }

    /// <summary>The silos that it removed from the cluster, as its logs say.</summary>
    public IEnumerable<string> Removed() => Directory.EnumerateFiles(_folder, "log-*.txt").SelectMany(File.ReadLines).Select(line => RemovesLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["silo"].Value);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Redis.Dispose();
        Peers.Dispose();
        _http.Dispose();
    }

    [GeneratedRegex(@" removes (?<silo>\S+)@\d+ from the cluster: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RemovesLine();

    private static string Program => Path.Combine(AppContext.BaseDirectory, "molino-chaos-silo.dll");

    private static string FakeTime => TestMachine.Program("libfaketime", "/usr/lib/*/faketime/libfaketimeMT.so.1");

    private string[] Settings(int start) =>
    [
        $"--Http:Urls={Url}",
        "--Store:Kind=Redis",
        $"--Store:Redis=127.0.0.1:{Redis.Port}",
        $"--Store:Path={Path.Combine(_folder, "data", "unused.db")}",
        $"--Cluster:SiloPort={Peers.Port}",
        $"--Cluster:Listen=127.0.0.1:{_siloPort}",
        $"--Pools:main:Queues={JobPlan.FastQueue},{JobPlan.WorkQueue}",
        $"--Pools:main:Concurrency={Slots.Main}",
        $"--Pools:ordered:Queues={JobPlan.OrderedQueue}",
        $"--Pools:ordered:Concurrency={Slots.Ordered}",
        "--Drain:Timeout=2",
        $"--Chaos:Journal={Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"journal-{start}.jsonl"))}",
    ];

    private async Task UntilEndedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!HasEnded)
        {
            if (limit.IsCancellationRequested) throw new InvalidOperationException($"Silo {Number} did not end within {Patience.TotalSeconds:0} s:\n{LogEnd()}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The last lines that it printed.</summary>
    public string LogEnd() => string.Join('\n', File.ReadLines(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"log-{_starts}.txt"))).TakeLast(40));

    private void Signal(int signal)
    {
        if (Kill(Process, signal) != 0) throw new InvalidOperationException($"kill -{signal} {Process} (silo {Number}) failed.");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
