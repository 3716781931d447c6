using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Molino.TestServers;

/// <summary>
/// A server as a child process, behind a small shell that ends it when this process ends, however that happens (the shell waits on a pipe that only this process holds).
/// The server itself gets no input and writes its output to a file.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // $0 log, $1 signal for a clean end, $2... command.
    private const string Guard =
        """
        signal=$1; shift
        exec 3<&0
        "$@" </dev/null >"$0" 2>&1 3<&- &
        server=$!
        echo $server
        (cat <&3 >/dev/null; kill -$signal $server) >/dev/null 2>&1 &
        wait $server 2>/dev/null
        """;

    private readonly Process _guard;
    private readonly string _log;
    private readonly string _name;

    private ServerProcess(string name, Process guard, int id, string log)
    {
        _name = name;
        _guard = guard;
        Id = id;
        _log = log;
    }

    /// <summary>The server's process id.</summary>
    public int Id { get; }

    /// <summary>Whether the server has ended.</summary>
    public bool HasEnded => _guard.HasExited;

    /// <summary>Starts a server.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="log">File for its output.</param>
    /// <param name="signal">Signal that ends it: KILL, QUIT, TERM.</param>
    /// <param name="command">Program and arguments.</param>
    public static async Task<ServerProcess> StartAsync(string name, string log, string signal, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", Guard, log, signal }.Concat(command)) start.ArgumentList.Add(argument);
        var guard = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        var id = await guard.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{name} did not start.");
        return new ServerProcess(name, guard, int.Parse(id, CultureInfo.InvariantCulture), log);
    }

    /// <summary>Asks again and again whether the server is ready, for at most 30 seconds.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not get ready; with its output.</exception>
    public async Task WaitUntilReadyAsync(Func<CancellationToken, Task<bool>> isReady)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!await isReady(limit.Token))
            {
                if (HasEnded) throw new InvalidOperationException($"{_name} ended while it started:\n{await File.ReadAllTextAsync(_log)}");
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException error)
        {
            throw new InvalidOperationException($"{_name} was not ready within 30 s:\n{await File.ReadAllTextAsync(_log)}", error);
        }
    }

    /// <summary>Ends the server as a crash would (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        using var server = Process.GetProcessById(Id);
        server.Kill();
        await _guard.WaitForExitAsync();
    }

    /// <summary>Sends the server a signal.</summary>
    /// <param name="signal">Its number.</param>
    public void Signal(int signal)
    {
        if (Kill(Id, signal) != 0) throw new InvalidOperationException($"kill -{signal} {Id} failed.");
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
