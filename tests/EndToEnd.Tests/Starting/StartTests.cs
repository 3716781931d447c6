using Molino.Core;
using Molino.TestServers;

namespace Molino.EndToEnd.Tests.Starting;

public sealed class StartTests
{
    [Theory]
    [InlineData("--Pools:default:Colour=red", "Pools:default:Colour")]
    [InlineData("--Pools:default:Concurrency=many", "Pools:default:Concurrency")]
    [InlineData("--Store:Kind=Postgres", "Store:Kind")]
    [InlineData("--Stroe:Path=x.db", "Stroe")]
    [InlineData("--Auth:Mode=Jwt", "Auth:Mode")]
    [InlineData("--Http:Urls=http://0.0.0.0:18999", "Http:Urls")]
    [InlineData("--Http:Urls=nonsense", "Http:Urls")]
    [InlineData("--Http:PathBase=mill/", "Http:PathBase")]
    [InlineData("--Sql:Databases:x:Kind=Oracle", "Sql:Databases:x:Kind")]
    [InlineData("--Retention:Succeeded=soon", "Retention:Succeeded")]
    [InlineData("--Pools:default:Kind=fiber", "Pools:default:Kind")]
    public async Task BadConfiguration_ExitsWithTwoAndNamesTheKey(string setting, string key)
    {
        var folder = TestMachine.NewFolder("start");
        var run = await ProgramRun.RunAsync(Programs.Silo, folder, setting);

        run.ExitCode.ShouldBe(2, run.Output + run.Errors);
        run.Errors.ShouldContain(key);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task SecondSilo_OnTheSameStore_ExitsWithThreeAndTheFirstGoesOn()
    {
        await using var silo = await SiloProcess.StartAsync();

        var second = await ProgramRun.RunAsync(Programs.Silo, silo.Folder, $"--Http:Urls=http://127.0.0.1:{TestMachine.FreePort()}");

        second.ExitCode.ShouldBe(3, second.Output + second.Errors);
        second.Errors.ShouldContain("store_locked");
        (await silo.Http.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task PortInUse_ExitsWithTwoAndSaysWhatToDo()
    {
        await using var silo = await SiloProcess.StartAsync();
        var folder = TestMachine.NewFolder("start");

        var second = await ProgramRun.RunAsync(Programs.Silo, folder, $"--Http:Urls={silo.Url}");

        second.ExitCode.ShouldBe(2, second.Output + second.Errors);
        second.Errors.ShouldContain("Http:Urls");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task PortInUse_TakesNoJobsOfTheStore()
    {
        await using var other = await SiloProcess.StartAsync();
        await using var silo = await SiloProcess.StartAsync("--Pools:default:Queues=elsewhere");
        var job = await silo.Client.SubmitAsync("sleep", new { seconds = 120 });
        silo.Interrupt();
        await silo.WaitForExitAsync();

        var failed = await ProgramRun.RunAsync(Programs.Silo, silo.Folder, $"--Http:Urls={other.Url}"); // its pool serves all queues

        failed.ExitCode.ShouldBe(2, failed.Output + failed.Errors);
        await silo.StartAgainAsync();
        var view = await silo.Client.Job(job.Id).ViewAsync();
        (view.Status, view.Epoch).ShouldBe((JobStatus.Queued, 0));
    }

    [Fact]
    public async Task Start_PrintsABannerAndServesAPage()
    {
        await using var silo = await SiloProcess.StartAsync();

        await SiloProcess.UntilAsync(() => Task.FromResult(silo.Output.Contains("try ", StringComparison.Ordinal)));
        foreach (var part in new[] { "Molino", "store", "pool", "open", "curl" }) silo.Output.ShouldContain(part);
        var page = await silo.Http.GetStringAsync("/");
        page.ShouldContain("openapi");
    }
}
