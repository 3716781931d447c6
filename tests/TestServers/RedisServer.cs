using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Molino.TestServers;

/// <summary>A Redis server of its own, on loopback, with all its files in a temporary folder.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string[] _settings;
    private ServerProcess _process;

    private RedisServer(string folder, int port, string[] settings, ServerProcess process)
    {
        _folder = folder;
        Port = port;
        _settings = settings;
        _process = process;
    }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Host and port.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server that keeps nothing on disk unless the settings say so.</summary>
    /// <param name="settings">Further settings, name and value each, as on the command line.</param>
    public static Task<RedisServer> StartAsync(params string[] settings) => StartAsync(TestMachine.NewFolder("redis"), TestMachine.FreePort(), settings);

    /// <summary>Starts a server on a given port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="settings">As above.</param>
    public static Task<RedisServer> StartAtAsync(int port, params string[] settings) => StartAsync(TestMachine.NewFolder("redis"), port, settings);

    /// <summary>Starts a sentinel that watches a server.</summary>
    /// <param name="primary">The server.</param>
    /// <param name="name">What it calls the server.</param>
    public static async Task<RedisServer> StartSentinelAsync(RedisServer primary, string name)
    {
        var (folder, port) = (TestMachine.NewFolder("sentinel"), TestMachine.FreePort());
        var file = Path.Combine(folder, "sentinel.conf");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"port {port}\nbind 127.0.0.1\ndir {folder}\nsentinel monitor {name} 127.0.0.1 {primary.Port} 1\n"));
        var process = await ServerProcess.StartAsync("redis-sentinel", Path.Combine(folder, "output"), "TERM", Program, file, "--sentinel");
        var sentinel = new RedisServer(folder, port, [], process);
        await process.WaitUntilReadyAsync(sentinel.AnswersAsync);
        return sentinel;
    }

    /// <summary>Ends it as a crash would (SIGKILL).</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again, on its port, with what is in its folder.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = await LaunchAsync(_folder, Port, _settings);
        await _process.WaitUntilReadyAsync(AnswersAsync);
    }

    /// <summary>Starts it again, on its port, with nothing.</summary>
    public Task StartEmptyAsync()
    {
        foreach (var entry in Directory.EnumerateDirectories(_folder)) Directory.Delete(entry, recursive: true);
        foreach (var file in Directory.EnumerateFiles(_folder)) File.Delete(file);
        return StartAgainAsync();
    }

    /// <summary>Stops all its threads: it says nothing, and its connections stay open.</summary>
    public void Pause() => _process.Signal(19);

    /// <summary>Lets it go on.</summary>
    public void Resume() => _process.Signal(18);

    /// <summary>Sends one command, past the code under test.</summary>
    /// <returns>The first line of the answer; for a bulk string the string.</returns>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        var text = $"*{command.Length}\r\n" + string.Concat(command.Select(part => $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync() ?? "";
        if (line.StartsWith('-')) throw new InvalidOperationException($"redis-server: {line}");
        return line.StartsWith('$') && line != "$-1" ? await reader.ReadLineAsync() ?? "" : line;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Program => TestMachine.Program("redis-server", "/usr/local/bin/redis-server", "/usr/bin/redis-server");

    private static async Task<RedisServer> StartAsync(string folder, int port, string[] settings)
    {
        var process = await LaunchAsync(folder, port, settings);
        var server = new RedisServer(folder, port, settings, process);
        await process.WaitUntilReadyAsync(server.AnswersAsync);
        return server;
    }

    private static Task<ServerProcess> LaunchAsync(string folder, int port, string[] settings) => ServerProcess.StartAsync(
        "redis-server",
        Path.Combine(folder, "output"),
        "TERM",
        [Program, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--enable-debug-command", "yes", .. settings]);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[16];
            var read = await client.GetStream().ReadAsync(answer, cancellationToken);
            return read > 0 && !Encoding.ASCII.GetString(answer, 0, read).StartsWith("-LOADING", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
