using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Molino.Client;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests;

/// <summary>A real silo: its own process, its own folder, a free port. Killed and started again at will.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string[] _settings;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private SiloProcess(IReadOnlyDictionary<string, string> environment, string[] settings)
    {
        (_environment, _settings) = (environment, settings);
        Folder = TestMachine.NewFolder("silo");
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{TestMachine.FreePort()}"));
        Http = new HttpClient { BaseAddress = Url, Timeout = Patience };
    }

    public string Folder { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public MolinoClient Client => new(Url.ToString());

    /// <summary>All it printed, of all its runs.</summary>
    public string Output => string.Join('\n', _output);

    public int ProcessId => _process!.Id;

    public static Task<SiloProcess> StartAsync(params string[] settings) => StartAsync(new Dictionary<string, string>(), settings);

    public static async Task<SiloProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var silo = new SiloProcess(environment, settings);
        await silo.StartAgainAsync();
        return silo;
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach (var arg in (string[])["exec", Programs.Silo, $"--Http:Urls={Url}", .. _settings]) start.ArgumentList.Add(arg);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilAsync(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"The silo ended with {_process.ExitCode}:\n{Output}");
            using var ready = await Http.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });
    }

    public async Task KillAsync()
    {
        Signal(9);
        await _process!.WaitForExitAsync();
    }

    /// <summary>Stops all its threads, as a paused machine does.</summary>
    public void Pause() => Signal(19);

    /// <summary>Lets it go on.</summary>
    public void Resume() => Signal(18);

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signal(2);

    /// <summary>What a service manager sends.</summary>
    public void Terminate() => Signal(15);

    public async Task<int> WaitForExitAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Repeats a question until the answer is yes; connection errors count as no.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await isTrue()) return;
            }
            catch (HttpRequestException)
            {
                // not up yet
            }

            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException("It did not come true.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Signal(int signal)
    {
        if (Kill(_process!.Id, signal) != 0) throw new InvalidOperationException($"kill -{signal} {_process.Id} failed.");
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
