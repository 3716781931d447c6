using System.CommandLine;
using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary><c>cancel ID</c>, <c>retry ID</c> and <c>release ID</c>.</summary>
internal static class JobActionCommands
{
    public static IEnumerable<Command> Create(GlobalOptions globals)
    {
        var reason = new Option<string?>("--reason") { Description = "Why, for people", HelpName = "text" };
        var cancel = Action(globals, "cancel", "Asks a job to stop; one that has not started is cancelled at once", (session, parsed, id, cancellationToken) =>
            session.Transport.CancelAsync(id, parsed.GetValue(reason), cancellationToken));
        cancel.Add(reason);
        yield return cancel;

        var args = new Option<string?>("--args") { Description = "Other arguments, or - to read them from standard input", HelpName = "json" };
        var retry = Action(globals, "retry", "Sends a failed job back to its queue", async (session, parsed, id, cancellationToken) =>
        {
            var given = await Values.JsonAsync(parsed.GetValue(args), cancellationToken);
            return await session.Transport.RetryAsync(id, given.IsEmpty ? null : given, cancellationToken);
        });
        retry.Add(args);
        yield return retry;

        yield return Action(globals, "release", "Releases a held job", (session, _, id, cancellationToken) =>
            session.Transport.ReleaseAsync(id, cancellationToken));
    }

    private static Command Action(
        GlobalOptions globals, string name, string description, Func<CliSession, ParseResult, JobId, CancellationToken, Task<JobView>> action)
    {
        var id = new Argument<string>("ID") { Description = "The job's id" };
        var command = new Command(name, description) { id };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var job = await action(session, parsed, CliSession.ParseId(parsed.GetValue(id)!), cancellationToken);
            session.Output.Item(job, [job.Id.ToString(), Text.Name(job.Status)]);
            return ExitCode.Done;
        });
        return command;
    }
}
