using System.Diagnostics;
using System.Globalization;
using Molino.TestServers;
using YamlDotNet.RepresentationModel;

namespace Molino.EndToEnd.Tests.Deploying;

/// <summary>The files for containers and Kubernetes, as far as they can be tried without an engine: their settings start a real silo, their checks ask a real one.</summary>
public sealed class DeploymentTests
{
    private static readonly string[] WithoutHealthCheck = ["silo"]; // it has the image's

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("deploy/kubernetes/molino.yaml")]
    public async Task Settings_OfTheFile_StartASiloOnRedisWithALogin(string file)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "door", "--maxmemory-policy", "noeviction");
        var secrets = TestMachine.NewFolder("secrets");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Store__Redis"), $"{redis.Address},password=door\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "Cluster__Secret"), "hush\n");
        await File.WriteAllTextAsync(Path.Combine(secrets, "clickhouse-password"), "of another program\n");
        var settings = file.StartsWith("docker", StringComparison.Ordinal) ? ComposeSettings(file) : PodSettings(file);
        settings.Keys.ShouldContain("MOLINO__Auth__Mode");
        settings["MOLINO_SECRETS"] = secrets;
        settings["MOLINO__Cluster__Advertise"] = "127.0.0.1"; // containers have an address of their own; here it is this machine's
        settings["MOLINO__Cluster__SiloPort"] = settings["MOLINO__Cluster__GatewayPort"] = "0";
        settings.Remove("MOLINO__Http__Urls");
        settings.Remove("MOLINO__Sql__Databases__warehouse__PasswordFile");
        settings.Remove("POD_IP");

        await using var silo = await SiloProcess.StartAsync(settings);

        silo.Output.ShouldContain("redis, " + redis.Address);
        using var refused = await silo.Http.GetAsync("/api/jobs");
        ((int)refused.StatusCode).ShouldBe(401);
        var credentials = await File.ReadAllTextAsync(Path.Combine(silo.Folder, "data", "admin-credentials"));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/jobs");
        asked.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials.Trim())));
        using var answered = await silo.Http.SendAsync(asked);
        ((int)answered.StatusCode).ShouldBe(200);
        Directory.Delete(secrets, recursive: true);
    }

    [Fact]
    public async Task ReadyScript_OfTheImage_TellsAReadySiloFromNone()
    {
        await using var silo = await SiloProcess.StartAsync();
        var port = silo.Url.Port.ToString(CultureInfo.InvariantCulture);
        (await ReadyAsync("127.0.0.1", port)).ShouldBe(0);
        await silo.KillAsync();
        (await ReadyAsync("127.0.0.1", port)).ShouldNotBe(0);
    }

    [Fact]
    public async Task Dockerfile_WhatItCopies_IsNotLeftOutOfTheBuild()
    {
        var copied = (await File.ReadAllLinesAsync(Programs.InRepository("Dockerfile")))
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]).Where(path => path != ".").ToArray();
        copied.ShouldNotBeEmpty();
        foreach (var path in (string[])[.. copied, "src/Silo/Program.cs"])
        {
            File.Exists(Programs.InRepository(path)).ShouldBeTrue(path);
            (await IsLeftOutAsync(path)).ShouldBeFalse(path);
        }

        (await IsLeftOutAsync("deploy/compose/secrets.sh")).ShouldBeTrue("the folder of the secrets, which git ignores by itself, stays out of the image");
    }

    [Fact]
    public void Door_NeverSendsASubmitTwice() =>
        File.ReadAllText(Programs.InRepository("deploy/compose/nginx.conf")).ShouldNotContain("non_idempotent"); // a submit without a key, sent again, is a second job

    [Fact]
    public void Compose_EveryService_HasAHealthCheckAndNoSecretInItsText()
    {
        var file = Load("docker-compose.yml");
        foreach (var (name, service) in (YamlMappingNode)file["services"])
        {
            if (!WithoutHealthCheck.Contains(name.ToString())) ((YamlMappingNode)service).Children.Keys.ShouldContain("healthcheck", name.ToString());
        }

        foreach (var (_, secret) in (YamlMappingNode)file["secrets"]) secret["file"].ToString().ShouldStartWith("./deploy/compose/secrets/");
        File.ReadAllText(Programs.InRepository("Dockerfile")).ShouldContain("HEALTHCHECK");
        File.ReadAllText(Programs.InRepository("Dockerfile")).ShouldContain("USER $APP_UID");
        File.ReadAllText(Programs.InRepository(".gitignore")).ShouldContain("deploy/compose/secrets/");
    }

    private static Dictionary<string, string> ComposeSettings(string file) =>
        ((YamlMappingNode)Load(file)["services"]["silo"]["environment"]).ToDictionary(one => one.Key.ToString(), one => one.Value.ToString());

    private static Dictionary<string, string> PodSettings(string file) =>
        ((YamlSequenceNode)Load(file)["spec"]["template"]["spec"]["containers"][0]["env"])
            .Where(one => ((YamlMappingNode)one).Children.ContainsKey("value"))
            .ToDictionary(one => one["name"].ToString(), one => one["value"].ToString());

    private static YamlNode Load(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Programs.InRepository(file))));
        return yaml.Documents[0].RootNode;
    }

    /// <summary>What .dockerignore leaves out, read as git reads such files: the rules that are used there mean the same in both.</summary>
    private static async Task<bool> IsLeftOutAsync(string path) => await RunAsync(
        "git", "-C", Programs.InRepository("."), "-c", "core.excludesFile=" + Programs.InRepository(".dockerignore"), "check-ignore", "--no-index", "--quiet", path) == 0;

    private static Task<int> ReadyAsync(params string[] args) => RunAsync("bash", [Programs.InRepository("deploy/docker/ready.sh"), .. args]);

    private static async Task<int> RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return process.ExitCode;
    }
}
