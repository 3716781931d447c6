using System.Text;
using System.Text.Json;
using Molino.Core;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class SqlQueryArgsTests
{
    private static readonly JobType Type = SqlLabJobs.Types.Single();

    [Theory]
    [InlineData("""{"database":"d","sql":"SELECT 1"}""", null)]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":5000000,"timeout":300,"cache":false}""", null)]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":null,"timeout":null,"cache":null}""", null)]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":"00:05:00"}""", null)]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":0.25}""", null)]
    [InlineData("""{"database":"d"}""", "args")]
    [InlineData("""{"database":"d","sql":null}""", "args.sql")]
    [InlineData("""{"database":"D","sql":"SELECT 1"}""", "args.database")]
    [InlineData("""{"database":"d","sql":" \n"}""", "args.sql")]
    [InlineData("""{"database":"d","sql":"a\u0000b"}""", "args.sql")]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":0}""", "args.limit")]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":50000001}""", "args.limit")]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":1.5}""", "args.limit")]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":0}""", "args.timeout")]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":300.1}""", "args.timeout")]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":"5"}""", "args.timeout")]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":1e300}""", "args.timeout")]
    [InlineData("""{"database":"d","sql":"SELECT 1","rows":1}""", "args.rows")]
    public void Validate_args_tellsThePlace(string json, string? path) => Type.Validate(Encoding.UTF8.GetBytes(json))?.Path.ShouldBe(path);

    [Theory]
    [InlineData("""{"database":"d","sql":"SELECT 1","limit":0}""")]
    [InlineData("""{"database":"d","sql":"SELECT 1","timeout":"5"}""")]
    public void Validate_wrong_isAProblem(string json) => Type.Validate(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();

    [Fact]
    public void Validate_cacheTrue_isNotAvailable() =>
        Should.Throw<JobSystemException>(() => Type.Validate("""{"database":"d","sql":"SELECT 1","cache":true}"""u8.ToArray())).Code.ShouldBe(ErrorCodes.NotAvailable);

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("\"00:05:00\"", 300)]
    [InlineData("\"0:00:01.5\"", 1.5)]
    [InlineData("\"1.02:00:00\"", 93600)]
    public void Duration_json_isRead(string json, double seconds)
    {
        var args = JsonSerializer.Deserialize<Holder>($"{{\"value\":{json}}}", JobJson.Options)!;
        args.Value.ShouldBe(TimeSpan.FromSeconds(seconds));
        JsonSerializer.Deserialize<Holder>(JsonSerializer.Serialize(args, JobJson.Options), JobJson.Options)!.Value.ShouldBe(args.Value);
    }

    [Fact]
    public void Types_query_hasTheContractsDefaults()
    {
        (Type.Name, Type.Options.MaxAttempts, Type.Options.TimeLimits.Hard).ShouldBe(("sql.query", 1, TimeSpan.FromSeconds(300)));
        Type.ArgsSchema.ToJsonString().ShouldContain("\"database\"");
    }

    private sealed record Holder([property: System.Text.Json.Serialization.JsonConverter(typeof(DurationJsonConverter))] TimeSpan Value);
}
