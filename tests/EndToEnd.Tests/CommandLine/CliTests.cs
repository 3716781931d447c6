namespace Molino.EndToEnd.Tests.CommandLine;

/// <summary>The molino command against a real silo.</summary>
public sealed class CliTests
{
    [Fact]
    public async Task Submit_Wait_ThenStatusResultListAndQueues()
    {
        await using var silo = await SiloProcess.StartAsync();
        var url = silo.Url.ToString();

        var submit = await ProgramRun.RunAsync(Programs.Cli, null, "--url", url, "submit", "echo", "{\"hello\":\"mill\"}", "--wait");
        submit.ExitCode.ShouldBe(0, submit.Errors);
        var list = await ProgramRun.RunAsync(Programs.Cli, null, "--url", url, "-o", "json", "list");
        list.ExitCode.ShouldBe(0, list.Errors);
        list.Output.ShouldContain("succeeded");
        var queues = await ProgramRun.RunAsync(Programs.Cli, null, "--url", url, "queue", "list");
        queues.Output.ShouldContain("default");
    }

    [Fact]
    public async Task Submit_JobFails_ExitsWithOne()
    {
        await using var silo = await SiloProcess.StartAsync();

        var run = await ProgramRun.RunAsync(
            Programs.Cli, null, "--url", silo.Url.ToString(), "submit", "fail", "{\"message\":\"no\"}", "--wait", "--max-attempts", "1");

        run.ExitCode.ShouldBe(1, run.Output + run.Errors);
    }

    [Fact]
    public async Task Submit_UnknownType_ExitsWithFour()
    {
        await using var silo = await SiloProcess.StartAsync();

        var run = await ProgramRun.RunAsync(Programs.Cli, null, "--url", silo.Url.ToString(), "submit", "no.such.type");

        run.ExitCode.ShouldBe(4, run.Output + run.Errors);
        run.Errors.ShouldContain("unknown_type");
    }

    [Fact]
    public async Task Anything_NoSilo_ExitsWithThree()
    {
        var run = await ProgramRun.RunAsync(Programs.Cli, null, "--url", "http://127.0.0.1:9", "list");

        run.ExitCode.ShouldBe(3, run.Output + run.Errors);
    }
}
