using System.CommandLine;

namespace Molino.Cli;

/// <summary><c>status ID</c>.</summary>
internal static class StatusCommand
{
    public static Command Create(GlobalOptions globals) => Create(globals, "status", "Shows a job; exit 0 whatever its state");

    /// <summary>Makes the command under a name; <c>inspect query</c> is the same.</summary>
    /// <param name="globals">The options that every command has.</param>
    /// <param name="name">The name.</param>
    /// <param name="description">One line.</param>
    public static Command Create(GlobalOptions globals, string name, string description)
    {
        var id = new Argument<string>("ID") { Description = "The job's id" };
        var command = new Command(name, description) { id };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var job = await session.Client.Job(CliSession.ParseId(parsed.GetValue(id)!)).ViewAsync(cancellationToken);
            session.Output.Record(job, JobText.Record(job));
            return ExitCode.Done;
        });
        return command;
    }
}
