namespace Molino.Jobs.BuiltIn;

/// <summary>Runs an external command.</summary>
internal sealed class ProcessRunHandler(IProcessSupervisor supervisor) : IJobHandler<ProcessRunArgs, ProcessRunResult>
{
    public async Task<ProcessRunResult> RunAsync(ProcessRunArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        var command = new ProcessCommand
        {
            Command = args.Command,
            Environment = args.Env?.ToDictionary(static entry => entry.Key, static entry => (string?)entry.Value, StringComparer.Ordinal),
            WorkingDirectory = args.Cwd,
            StandardInput = args.Stdin,
        };
        var exit = await supervisor.RunAsync(command, line => context.Log(line.Text), cancellationToken).ConfigureAwait(false);
        return exit.ExitCode == 0
            ? new ProcessRunResult(exit.ExitCode)
            : throw new AttemptFailedException("ProcessExited", $"The command '{args.Command[0]}' ended with exit code {exit.ExitCode}.", exit.LastOutput ?? string.Empty);
    }
}
