using System.Diagnostics;
using System.Text.Json;
using Molino.Client;
using Molino.Client.Tests;
using Molino.Core;

namespace Molino.Cli.Tests;

public sealed class CliTests : IAsyncLifetime
{
    private const string Nobody = "http://127.0.0.1:1";
    private ContractServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ContractServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Submit_piped_prints_the_id_alone()
    {
        var run = await RunAsync("submit", "echo", """{"a":1}""", "--queue", "q", "--priority", "7", "--delay", "00:00:05", "--key", "k", "--tag", "x", "--tag", "y", "--max-attempts", "2", "--hold");
        run.ShouldBe(new CliRun(0, _server.Jobs.Single().View.Id + "\n", string.Empty));
        _server.Requests.Single().Body.ShouldBe(
            """{"type":"echo","args":{"a":1},"queue":"q","priority":7,"delay":5,"idempotencyKey":"k","maxAttempts":2,"tags":["x","y"],"hold":true}""");
    }

    [Fact]
    public async Task Submit_reads_arguments_from_standard_input_and_the_key_before_the_command()
    {
        var run = await CliRun.PipedAsync(_server.Url, ["--key", "secret", "submit", "echo", "-", "--wait"], "{ \"a\" : 1 }\n");
        run.ShouldBe(new CliRun(0, $"{_server.Jobs.Single().View.Id}\tsucceeded\t{{\"a\":1}}\n", string.Empty));
        _server.Requests[0].Headers["X-Api-Key"].ShouldBe("secret");
    }

    [Fact]
    public async Task Submit_waiting_for_a_job_that_fails_exits_1_with_the_error()
    {
        var run = await RunAsync("submit", "fail", "--wait");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe($"{_server.Jobs.Single().View.Id}\tfailed\t\n");
        run.Error.ShouldBe("molino: failed: Boom: It broke.\nat the mill\n");
    }

    [Theory]
    [InlineData("submit", "noop", "{not json")]
    [InlineData("submit", "noop", "--delay", "soon")]
    [InlineData("submit", "noop", "--eta", "2026-01-31T08:00:00")]
    [InlineData("submit", "noop", "--expires", "9999999.00:00:00")]
    [InlineData("submit", "noop", "--delay", "-9999999.00:00:00")]
    [InlineData("submit", "noop", "--timeout", "5")]
    [InlineData("submit")]
    [InlineData("explain", "x")]
    [InlineData("purge", "q")]
    [InlineData("list", "--status", "asleep")]
    [InlineData("store", "copy", "--from", "sqlite:x")]
    [InlineData("--url", "nowhere", "types")]
    [InlineData]
    public async Task Wrong_usage_exits_2_and_asks_nobody(params string[] args)
    {
        var run = await CliRun.PipedAsync(Nobody, args);
        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldStartWith("molino: ");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_there_exits_3()
    {
        var run = await CliRun.PipedAsync(Nobody, ["types"]);
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("molino: not_reachable: http://127.0.0.1:1 is not reachable");
    }

    [Fact]
    public async Task Backup_that_cannot_be_opened_says_so_and_leaves_the_file_of_another_alone()
    {
        var folder = Directory.CreateTempSubdirectory("molino-backup-");
        var file = Path.Combine(folder.FullName, "house.molino");
        await using (new FileStream(file + ".partial", FileMode.Create, FileAccess.Write, FileShare.None)) // as a backup that is being written has it
        {
            foreach (var path in (string[])[file, Path.Combine(folder.FullName, "no", "folder")])
            {
                var run = await CliRun.PipedAsync(Nobody, ["store", "backup", path]);
                run.ExitCode.ShouldBe(4, run.Error);
                run.Error.ShouldContain($"{path} cannot be written");
            }
        }

        folder.GetFiles().ShouldHaveSingleItem().Name.ShouldBe("house.molino.partial");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Refusals_exit_4_with_code_and_fields()
    {
        var invalid = await RunAsync("submit", "noop", "--priority", "11");
        invalid.ShouldBe(new CliRun(4, string.Empty, "molino: invalid_job: Must be 0 to 10.\n  priority: Must be 0 to 10.\n"));
        var unknown = await RunAsync("status", "nosuchjob");
        unknown.ShouldBe(new CliRun(4, string.Empty, "molino: not_found: No job has the id 'nosuchjob'.\n"));
    }

    [Fact]
    public async Task Result_is_written_as_it_is()
    {
        var job = _server.Add("echo");
        ContractServer.Finish(job, JobStatus.Succeeded, RawJson.Parse("""{"a":[1,2]}"""));
        (await RunAsync("result", job.View.Id.ToString())).ShouldBe(new CliRun(0, """{"a":[1,2]}""", string.Empty));
    }

    [Fact]
    public async Task Result_not_there_yet_exits_4_and_of_a_cancelled_job_1()
    {
        var running = await RunAsync("result", _server.Add("sleep").View.Id.ToString(), "--wait", "0.1");
        running.ExitCode.ShouldBe(4);
        running.Error.ShouldStartWith("molino: timeout: ");
        (await RunAsync("result", _server.Add("sleep", status: JobStatus.Cancelled).View.Id.ToString())).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Status_and_list_in_a_pipe_are_tab_separated_and_as_json_one_document()
    {
        var job = _server.Add("sleep");
        job.View = job.View with { Error = new JobError("Boom", "tab\there\nand \u001b[31mcolour") };
        var id = job.View.Id.ToString();
        (await RunAsync("status", id)).Output.ShouldStartWith($"id\t{id}\ntype\tsleep\nqueue\tdefault\nstatus\trunning\n");
        (await RunAsync("list")).Output.ShouldBe($"{id}\tsleep\tdefault\trunning\t5\t1/4\t2025-06-15T15:06:40.000Z\t\ttab here and  [31mcolour\n");
        using var document = JsonDocument.Parse((await RunAsync("list", "-o", "json")).Output);
        document.RootElement.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task Log_followed_ends_with_the_job()
    {
        var job = _server.Add("sleep");
        job.Log.Add("one");
        var run = await CliRun.PipedAsync(_server.Url, ["log", job.View.Id.ToString(), "-f"], meanwhile: async _ =>
        {
            await UntilAsync(() => _server.Requests.Count >= 2);
            job.Log.Add("two");
            ContractServer.Finish(job, JobStatus.Succeeded);
        });
        run.ShouldBe(new CliRun(0, "one\ntwo\n", string.Empty));
    }

    [Fact]
    public async Task Interrupt_while_waiting_exits_130_and_says_how_to_cancel()
    {
        var run = await CliRun.PipedAsync(_server.Url, ["submit", "sleep", "--wait"], meanwhile: async process =>
        {
            await UntilAsync(() => _server.Requests.Count >= 2);
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        });
        run.ExitCode.ShouldBe(130);
        run.Error.ShouldContain($"molino cancel {_server.Jobs.Single().View.Id}");
    }

    [Fact]
    public async Task Actions_print_the_new_state()
    {
        var job = _server.Add("sleep");
        (await RunAsync("cancel", job.View.Id.ToString())).Output.ShouldBe($"{job.View.Id}\tcancelled\n");
        (await RunAsync("cancel", job.View.Id.ToString())).ShouldBe(new CliRun(4, string.Empty, "molino: illegal_transition: The job has ended.\n"));
        (await RunAsync("queue", "pause", "default")).Output.ShouldBe("default\t1\t2\t3\t4\t5\t\tpaused\n");
    }

    [Fact]
    public async Task Inspect_answers_from_silos_pools_and_types()
    {
        (await RunAsync("inspect", "ping")).Output.ShouldStartWith("mill-1\tpong\tactive");
        (await RunAsync("inspect", "active-queues")).Output.ShouldBe("mill-1\tdefault\t*\n");
        (await RunAsync("inspect", "stats")).Output.ShouldBe("mill-1\tdefault\tinline\t3\t100\t0\t42\n");
        (await RunAsync("inspect", "registered")).Output.ShouldBe("echo\tdefault\t5\t4\t300\t240\t\n");
        await RunAsync("inspect", "active");
        _server.Requests[^1].Target.ShouldBe("/api/jobs?status=running&limit=100");
    }

    [Fact]
    public async Task Silos_are_drained_resumed_and_stopped()
    {
        (await RunAsync("drain", "mill-1")).Output.ShouldBe("mill-1\tdraining\t0\n");
        (await RunAsync("drain")).Output.ShouldBe("mill-1\tdraining\t0\n"); // the silo asked
        (await RunAsync("drain", "mill-1", "--resume")).Output.ShouldBe("mill-1\tactive\t0\n");
        (await RunAsync("control", "shutdown", "mill-1")).ExitCode.ShouldBe(0);
        _server.Requests[^1].Target.ShouldBe("/api/silos/mill-1/shutdown");
        (await RunAsync("drain", "mill-9")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task Store_is_accepted_by_the_name_of_the_cluster()
    {
        (await RunAsync("store", "accept", "molino")).Output.ShouldBe("yes\tok\t\n");
        _server.Requests[^1].Body.ShouldBe("""{"confirm":"molino"}""");
        (await RunAsync("store", "accept")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task User_key_is_shown_and_password_is_read_from_a_pipe()
    {
        (await RunAsync("user", "add", "ci", "--role", "operator", "--kind", "key")).Output.ShouldBe("ci\toperator\tkey\tmolino_secret\n");
        (await CliRun.PipedAsync(_server.Url, ["user", "add", "ana", "--role", "admin"], "hunter2\n")).ExitCode.ShouldBe(0);
        _server.Requests[^1].Body.ShouldBe("""{"name":"ana","role":"admin","kind":"user","password":"hunter2"}""");
        (await RunAsync("user", "list")).Output.ShouldBe("ana\tadmin\tuser\t1970-01-01T00:00:00.000Z\n");
        (await RunAsync("user", "remove", "ana")).ShouldBe(new CliRun(0, string.Empty, string.Empty));
    }

    [Fact]
    public async Task Terminal_gets_tables_and_a_pipe_does_not()
    {
        var terminal = await CliRun.OnTerminalAsync(_server.Url, ["inspect", "ping"]);
        terminal.Output.ShouldContain("╭");
        terminal.Output.ShouldContain("mill-1");
        var waited = await CliRun.OnTerminalAsync(_server.Url, ["submit", "echo", "[1]", "--wait"]);
        waited.ExitCode.ShouldBe(0, waited.Output);
        waited.Output.ShouldContain("succeeded");
        (await RunAsync("inspect", "ping", "-o", "table")).Output.ShouldContain("mill-1");
    }

    [Fact]
    public async Task Events_dumped_end_with_the_last_kept()
    {
        _server.Intercept = async context =>
        {
            if (context.Request.Query["after"] != "0:0") return false;
            var happened = new EventView
            {
                Id = "1:9",
                At = DateTimeOffset.UnixEpoch,
                Kind = JobEventKind.Succeeded,
                Job = JobId.Create(DateTimeOffset.UnixEpoch, 1),
                Type = "echo",
                Queue = "default",
                Status = JobStatus.Succeeded,
                Version = 3,
                Attempt = 1,
                Silo = "mill-1",
            };
            await ContractServer.WriteAsync(context, 200, new EventListView([happened], "1:9", false));
            return true;
        };
        var run = await RunAsync("events", "--dump");
        run.Output.ShouldBe($"1970-01-01T00:00:00.000Z\t1:9\tsucceeded\t{JobId.Create(DateTimeOffset.UnixEpoch, 1)}\techo\tdefault\tsucceeded\t1\tmill-1\t\t\n");
        run.ExitCode.ShouldBe(0);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 4000 && !condition(); i++) await Task.Delay(5);
        condition().ShouldBeTrue();
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.PipedAsync(_server.Url, args);
}
