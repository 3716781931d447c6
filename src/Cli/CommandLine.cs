using System.CommandLine;
using System.Runtime.InteropServices;

namespace Molino.Cli;

/// <summary>The command line: reads it, runs the command, answers the exit code.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CreateRoot().Parse(args, Parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"molino: {error.Message}");
            await Console.Error.WriteLineAsync("Try 'molino --help', or --help after a command.");
            return ExitCode.Usage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static RootCommand CreateRoot()
    {
        var globals = new GlobalOptions();
        var root = new RootCommand("Submits and follows Molino's background jobs. Exit codes: 0 done, 1 the job failed, 2 usage, 3 not reachable, 4 refused.");
        globals.AddTo(root);
        root.Add(SubmitCommand.Create(globals));
        root.Add(StatusCommand.Create(globals));
        root.Add(ResultCommand.Create(globals));
        root.Add(LogCommand.Create(globals));
        foreach (var command in JobActionCommands.Create(globals)) root.Add(command);
        root.Add(ListCommand.Create(globals));
        root.Add(QueueCommands.Create(globals));
        root.Add(InspectCommands.Create(globals));
        root.Add(SiloCommands.Drain(globals));
        root.Add(SiloCommands.Control(globals));
        root.Add(EventsCommand.Create(globals));
        root.Add(TypesCommand.Create(globals));
        root.Add(UserCommands.Create(globals));
        root.Add(StoreCommands.Create(globals));
        return root;
    }
}
