using System.CommandLine;
using Molino.Client;

namespace Molino.Cli;

/// <summary><c>queue list|pause|resume</c>.</summary>
internal static class QueueCommands
{
    private static readonly string[] Columns = ["queue", "queued", "scheduled", "waiting", "running", "failed", "oldest s", "state"];

    public static Command Create(GlobalOptions globals)
    {
        var list = new Command("list", "Lists the queues");
        CommandRunner.Handle(list, globals, static async (session, _, cancellationToken) =>
        {
            var queues = await session.Client.QueuesAsync(cancellationToken);
            session.Output.Rows(queues, Columns, queues.Select(Row));
            return ExitCode.Done;
        });
        return new Command("queue", "Shows, pauses and resumes queues")
        {
            list,
            SetPaused(globals, "pause", "Starts no more jobs of a queue; what runs goes on", paused: true),
            SetPaused(globals, "resume", "Starts jobs of a queue again", paused: false),
        };
    }

    private static Command SetPaused(GlobalOptions globals, string name, string description, bool paused)
    {
        var queue = new Argument<string>("QUEUE") { Description = "The queue's name" };
        var command = new Command(name, description) { queue };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var view = await session.Transport.SetQueuePausedAsync(parsed.GetValue(queue)!, paused, cancellationToken);
            session.Output.Rows(view, Columns, [Row(view)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(QueueView queue) =>
    [
        queue.Name, Text.Number(queue.Queued), Text.Number(queue.Scheduled), Text.Number(queue.Waiting), Text.Number(queue.Running),
        Text.Number(queue.Failed), Text.Number(queue.OldestAge), queue.Paused ? "paused" : "active",
    ];
}
