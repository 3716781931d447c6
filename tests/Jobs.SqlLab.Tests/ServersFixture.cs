using Molino.TestServers;

[assembly: AssemblyFixture(typeof(Molino.Jobs.SqlLab.Tests.ServersFixture))]

namespace Molino.Jobs.SqlLab.Tests;

/// <summary>One server of each kind for all tests; the ones that tests kill are their own.</summary>
public sealed class ServersFixture : IAsyncLifetime
{
    public ClickHouseServer ClickHouse { get; private set; } = null!;

    public PostgresServer Postgres { get; private set; } = null!;

    internal SqlLab Lab { get; private set; } = null!;

    internal (string Key, string? Value)[] Settings { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var postgres = PostgresServer.StartAsync();
        ClickHouse = await ClickHouseServer.StartAsync();
        Postgres = await postgres;
        var password = Path.Combine(TestMachine.NewFolder("password"), "password");
        await File.WriteAllTextAsync(password, PostgresServer.Password + "\n");
        Settings =
        [
            ("Databases:ch:Kind", "ClickHouse"), ("Databases:ch:Url", ClickHouse.Url.ToString()),
            ("Databases:pg:Kind", "postgres"), ("Databases:pg:Url", Postgres.ConnectionString), ("Databases:pg:PasswordFile", password),
        ];
        Lab = new SqlLab(Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await ClickHouse.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Settings[^1].Value!)!, recursive: true);
    }
}
