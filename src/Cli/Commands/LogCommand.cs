using System.CommandLine;

namespace Molino.Cli;

/// <summary><c>log ID [-f]</c>.</summary>
internal static class LogCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "The job's id" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the job has ended" };
        var times = new Option<bool>("--times", "-t") { Description = "Write time and attempt before each line" };
        var after = new Option<long>("--after") { Description = "Only lines after this number, as -o json shows them", HelpName = "number" };
        var command = new Command("log", "Writes a job's log") { id, follow, times, after };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var job = session.Client.Job(CliSession.ParseId(parsed.GetValue(id)!));
            await foreach (var line in job.LogAsync(parsed.GetValue(follow), parsed.GetValue(after), cancellationToken))
            {
                string[] cells = parsed.GetValue(times) ? [Text.Time(line.At), Text.Number(line.Attempt), line.Text] : [line.Text];
                session.Output.Item(line, cells);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
