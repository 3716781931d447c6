using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Jobs.SqlLab.Tests;

/// <summary>The pack as a host has it, with settings as text.</summary>
internal sealed class SqlLab : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SqlLab(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create("Sql:" + same.Key, same.Last().Value))).Build();
        _services = new ServiceCollection().AddSqlLab(configuration.GetSection("Sql")).BuildServiceProvider(validateScopes: true);
    }

    public ISqlDatabases Databases => _services.GetRequiredService<ISqlDatabases>();

    public void CheckStart() => _services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Runs a job the way the host does: arguments and result as JSON.</summary>
    public async Task<SqlQueryResult> RunAsync(FakeJobContext context, object args, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(args, JobJson.Options);
        await using var scope = _services.CreateAsyncScope();
        var result = await SqlLabJobs.Types[0].RunAsync(scope.ServiceProvider, json, context, cancellationToken);
        return JsonSerializer.Deserialize<SqlQueryResult>(result.Span, JobJson.Options)!;
    }

    public Task<SqlQueryResult> RunAsync(string database, string sql) => RunAsync(new FakeJobContext(), new { database, sql });

    public async Task<PermanentJobException> FailAsync(string database, string sql) => await Should.ThrowAsync<PermanentJobException>(() => RunAsync(database, sql));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
