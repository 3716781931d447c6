using System.CommandLine;
using Molino.Client;
using Molino.Core;
using Molino.Storage;

namespace Molino.Cli;

/// <summary><c>inspect ping|active|reserved|scheduled|registered|stats|active-queues|query</c>: Celery's questions.</summary>
internal static class InspectCommands
{
    public static Command Create(GlobalOptions globals) => new("inspect", "Looks at silos, pools and jobs")
    {
        Ping(globals),
        Jobs(globals, "active", "Jobs that are running", JobStatus.Running),
        Jobs(globals, "reserved", "Jobs that are ready and wait for a free slot; nothing is fetched beforehand", JobStatus.Queued),
        Jobs(globals, "scheduled", "Jobs that are due later", JobStatus.Scheduled),
        TypesCommand.Create(globals, "registered", "The registered job types"),
        Pools(globals, "stats", "What the pools do", ["silo", "pool", "kind", "running", "concurrency", "lost", "completed"], static pool =>
        [
            pool.Silo, pool.Name, pool.Kind, Text.Number(pool.Running), Text.Number(pool.Concurrency), Text.Number(pool.Lost), Text.Number(pool.Completed),
        ]),
        Pools(globals, "active-queues", "The queues that each pool serves; * for all", ["silo", "pool", "queues"], static pool =>
        [
            pool.Silo, pool.Name, pool.Queues.Count == 0 ? "*" : string.Join(',', pool.Queues),
        ]),
        StatusCommand.Create(globals, "query", "Shows a job"),
    };

    private static Command Ping(GlobalOptions globals)
    {
        var command = new Command("ping", "Asks every silo whether it is there");
        CommandRunner.Handle(command, globals, static async (session, _, cancellationToken) =>
        {
            var silos = await session.Transport.SilosAsync(cancellationToken);
            session.Output.Rows(silos, ["silo", "answer", "state", "version", "started", "running", "age s", "store"], silos.Select(static silo => new[]
            {
                silo.Id, silo.Status is "suspect" or "dead" ? "no answer" : "pong", silo.Status, silo.Version, Text.Time(silo.StartedAt),
                Text.Number(silo.Running), Text.Number(silo.BeatAge), silo.Store?.Code ?? silo.Store?.Status ?? string.Empty,
            }));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Jobs(GlobalOptions globals, string name, string description, JobStatus status)
    {
        var queue = new Option<string?>("--queue", "-q") { Description = "Only this queue", HelpName = "queue" };
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many, 1 to 1000", HelpName = "number", DefaultValueFactory = static _ => 100 };
        var cursor = new Option<string?>("--cursor") { Description = "Go on where a list ended", HelpName = "cursor" };
        var command = new Command(name, description) { queue, limit, cursor };
        CommandRunner.Handle(command, globals, (session, parsed, cancellationToken) =>
        {
            var filter = new JobFilter { Status = status, Queue = parsed.GetValue(queue), Limit = parsed.GetValue(limit), Cursor = parsed.GetValue(cursor) };
            return ListCommand.RunAsync(session, filter, cancellationToken);
        });
        return command;
    }

    private static Command Pools(GlobalOptions globals, string name, string description, string[] columns, Func<PoolView, string[]> row)
    {
        var command = new Command(name, description);
        CommandRunner.Handle(command, globals, async (session, _, cancellationToken) =>
        {
            var pools = await session.Transport.PoolsAsync(cancellationToken);
            session.Output.Rows(pools, columns, pools.Select(row));
            return ExitCode.Done;
        });
        return command;
    }
}
