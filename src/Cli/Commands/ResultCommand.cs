using System.CommandLine;

namespace Molino.Cli;

/// <summary><c>result ID [--wait S]</c>.</summary>
internal static class ResultCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "The job's id" };
        var wait = new Option<string?>("--wait", "-w") { Description = "Wait so long for the job's end: seconds or 00:05:00", HelpName = "duration" };
        var command = new Command("result", "Writes a job's result, byte by byte as it was stored; exit 1 when the job failed, was cancelled or expired") { id, wait };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var job = CliSession.ParseId(parsed.GetValue(id)!);
            var time = Values.Duration("--wait", parsed.GetValue(wait)) ?? TimeSpan.Zero;
            session.InterruptHint = $"job {job} goes on; to stop it: molino cancel {job}";
            await using var result = await session.Transport.OpenResultAsync(job, time, cancellationToken);
            if (result.Content is null) return JobEnd.ExitCodeOf(result.Job);
            await using var output = Console.OpenStandardOutput();
            await result.Content.CopyToAsync(output, cancellationToken);
            if (!Console.IsOutputRedirected) await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
