using Microsoft.Extensions.Options;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class SqlLabOptionsTests
{
    [Theory]
    [InlineData("Databases:x:Kind", "Oracle", "Sql:Databases:x:Kind: 'Oracle'")]
    [InlineData("Databases:x:Knd", "Sqlite", "Sql:Databases:x:Knd: unknown key")]
    [InlineData("Datbases", "1", "Sql:Datbases: unknown key")]
    [InlineData("DefaultLimit", "0", "Sql:DefaultLimit:")]
    [InlineData("MaxResultBytes", "1", "Sql:MaxResultBytes:")]
    [InlineData("StopTimeout", "00:00:00", "Sql:StopTimeout:")]
    [InlineData("Databases:X y:Kind", "Sqlite", "Sql:Databases:X y: 'X y' is not a name")]
    [InlineData("Databases:x:Kind", "Sqlite", "Sql:Databases:x:Path: missing")]
    [InlineData("Databases:x:Kind", "ClickHouse", "Sql:Databases:x:Url: missing")]
    [InlineData("Databases:x:Kind", "Postgres", "Sql:Databases:x:Url: missing")]
    [InlineData("Databases:sample:Url", "http://h", "Sql:Databases:sample:Url: not a setting of Sqlite", "Databases:sample:Kind", "Sqlite")]
    [InlineData("Databases:x:Url", "Hst=1", "Sql:Databases:x:Url: not a connection string", "Databases:x:Kind", "Postgres")]
    [InlineData("Databases:x:Url", "host:8123", "Sql:Databases:x:Url: not an address", "Databases:x:Kind", "ClickHouse")]
    [InlineData("Databases:x:Settings:max_result_rows", "1", "Sql:Databases:x:Settings:max_result_rows: set by Molino", "Databases:x:Kind", "ClickHouse")]
    [InlineData("Databases:x:PasswordFile", "/nowhere/file", "Sql:Databases:x:PasswordFile: there is no file", "Databases:x:Kind", "ClickHouse")]
    public async Task Start_wrongSetting_namesItsKey(string key, string value, string problem, string? otherKey = null, string? otherValue = null)
    {
        await using var lab = otherKey is null ? new SqlLab((key, value)) : new SqlLab((key, value), (otherKey, otherValue));
        Should.Throw<OptionsValidationException>(lab.CheckStart).Failures.ShouldContain(failure => failure.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_notANumber_namesItsKey()
    {
        await using var lab = new SqlLab(("DefaultLimit", "many"));
        Should.Throw<InvalidOperationException>(lab.CheckStart).Message.ShouldContain("Sql:DefaultLimit");
    }

    [Fact]
    public async Task Databases_sample_isThereUnlessSwitchedOff()
    {
        await using var lab = new SqlLab();
        lab.CheckStart();
        lab.Databases.Names.ShouldBe(["sample"]);
        await using var without = new SqlLab(("Sample", "false"));
        without.Databases.Names.ShouldBeEmpty();
    }
}
