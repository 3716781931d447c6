namespace Molino.TestServers;

/// <summary>A ClickHouse server of its own, on loopback, with all its files in a temporary folder.</summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ServerProcess _process;

    private ClickHouseServer(string folder, int httpPort, ServerProcess process)
    {
        _folder = folder;
        _process = process;
        Url = new Uri($"http://127.0.0.1:{httpPort}");
    }

    /// <summary>Address of its HTTP interface. User <c>default</c> has no password; user <c>secured</c> has <see cref="SecuredPassword"/>.</summary>
    public Uri Url { get; }

    /// <summary>Password of the user <c>secured</c>; not ASCII on purpose.</summary>
    public static string SecuredPassword => "pä:ss wörd";

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<ClickHouseServer> StartAsync()
    {
        var program = TestMachine.Program("clickhouse-server", "/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server");
        var folder = TestMachine.NewFolder("clickhouse");
        var (http, tcp) = (TestMachine.FreePort(), TestMachine.FreePort());
        foreach (var name in new[] { "data", "tmp", "user_files", "format_schemas" }) Directory.CreateDirectory(Path.Combine(folder, name));
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), Config(folder, http, tcp));
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), Users);
        var process = await ServerProcess.StartAsync("clickhouse-server", Path.Combine(folder, "output"), "KILL", program, "--config-file=" + Path.Combine(folder, "config.xml"));
        var server = new ClickHouseServer(folder, http, process);
        using var client = new HttpClient();
        await process.WaitUntilReadyAsync(async cancellationToken =>
        {
            try
            {
                return await client.GetStringAsync(new Uri(server.Url, "/ping"), cancellationToken) == "Ok.\n";
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Runs a statement directly, past the code under test.</summary>
    /// <returns>The answer as tab-separated text.</returns>
    public async Task<string> QueryAsync(string sql)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(Url, new StringContent(sql));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text.TrimEnd('\n') : throw new InvalidOperationException(text);
    }

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Config(string folder, int http, int tcp) =>
        $"""
        <?xml version="1.0"?>
        <yandex>
          <logger><level>warning</level><log>{folder}/server.log</log><errorlog>{folder}/error.log</errorlog></logger>
          <listen_host>127.0.0.1</listen_host><http_port>{http}</http_port><tcp_port>{tcp}</tcp_port>
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/user_files/</user_files_path><format_schema_path>{folder}/format_schemas/</format_schema_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>268435456</mark_cache_size><timezone>America/Bogota</timezone>
        </yandex>
        """;

    private static string Users =>
        $"""
        <?xml version="1.0"?>
        <yandex>
          <profiles><default><max_memory_usage>2000000000</max_memory_usage></default></profiles>
          <quotas><default></default></quotas>
          <users>
            <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
            <secured><password>{SecuredPassword}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></secured>
          </users>
        </yandex>
        """;
}
