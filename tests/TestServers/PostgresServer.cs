using System.Diagnostics;
using Npgsql;

namespace Molino.TestServers;

/// <summary>A PostgreSQL server of its own, on loopback, with all its files in a temporary folder. Under root it runs as the user <c>postgres</c>, because it refuses to run as root.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ServerProcess _process;

    private PostgresServer(string folder, int port, ServerProcess process)
    {
        _folder = folder;
        _process = process;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=molino;Database=postgres";
    }

    /// <summary>How to connect, as a superuser; the password is <see cref="Password"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>The password.</summary>
    public static string Password => "sécret word";

    /// <summary>Makes a cluster, starts the server and waits until it answers.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var initdb = TestMachine.Program("postgresql", "/usr/lib/postgresql/*/bin/initdb");
        var folder = TestMachine.NewFolder("postgres");
        var port = TestMachine.FreePort();
        var (data, secret) = (Path.Combine(folder, "data"), Path.Combine(folder, "password"));
        await File.WriteAllTextAsync(secret, Password);
        string[] user = [];
        if (Environment.UserName == "root")
        {
            user = [TestMachine.Program("util-linux", "/usr/bin/setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"];
            await RunAsync("/bin/chown", "-R", "postgres:postgres", folder);
        }

        await RunAsync([.. user, initdb, "-D", data, "-U", "molino", "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
        string[] settings = ["-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "timezone=America/Bogota"];
        var process = await ServerProcess.StartAsync(
            "postgres", Path.Combine(folder, "output"), "QUIT", [.. user, Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"), "-D", data, "-p", $"{port}", .. settings]);
        var server = new PostgresServer(folder, port, process);
        await process.WaitUntilReadyAsync(async cancellationToken =>
        {
            try
            {
                await server.QueryAsync("SELECT 1", cancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Runs statements directly, past the code under test.</summary>
    /// <returns>The first value, or null.</returns>
    public async Task<object?> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + $";Pooling=false;Timeout=5;Password={Password}");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Ends it as a crash would; its backends notice and end too.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await output}{await errors}");
    }
}
