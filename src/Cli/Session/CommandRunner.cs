using System.CommandLine;
using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary>Runs a command and turns what it throws into a message and an exit code, in this one place.</summary>
internal static class CommandRunner
{
    /// <summary>Gives a command its action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="globals">The options that every command has.</param>
    /// <param name="action">What it does; answers the exit code.</param>
    public static void Handle(Command command, GlobalOptions globals, Func<CliSession, ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, globals, action, cancellationToken));

    private static async Task<int> RunAsync(
        ParseResult parsed, GlobalOptions globals, Func<CliSession, ParseResult, CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        CliSession? session = null;
        try
        {
            var options = globals.ClientOptions(parsed);
            using var transport = Connect(options);
            using var client = new MolinoClient(transport, options.TimeProvider);
            session = new CliSession(transport, client, new Printer(globals.Format(parsed), Console.Out));
            return await action(session, parsed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (session?.InterruptHint is { } hint) await Console.Error.WriteLineAsync($"molino: {hint}");
            return ExitCode.Interrupted;
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync($"molino: {error.Message}");
            return ExitCode.Usage;
        }
        catch (JobSystemException error)
        {
            await WriteAsync(error);
            return CodeOf(error);
        }
        catch (IOException error) when (Console.IsOutputRedirected && error.GetType() == typeof(IOException)) // a file that is missing is no broken pipe
        {
            return ExitCode.Done; // whoever read the pipe has read enough, like head
        }
        finally
        {
            session?.Output.Flush();
        }
    }

    private static HttpTransport Connect(MolinoClientOptions options)
    {
        try
        {
            return new HttpTransport(options);
        }
        catch (JobValidationException error)
        {
            throw new UsageException($"--url '{Text.OneLine(options.Url)}': {error.Message}");
        }
    }

    private static async Task WriteAsync(JobSystemException error)
    {
        await Console.Error.WriteLineAsync($"molino: {error.Code}: {Text.OneLine(error.Message)}");
        if (error is JobFailedException { Detail: { } detail }) await Console.Error.WriteLineAsync(Text.Printable(detail));
        if (error is RefusedException { RetryAfter: { } wait })
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"  try again in {wait.TotalSeconds:0.#} s"));
        if (error is not JobValidationException invalid) return;
        foreach (var (field, messages) in invalid.Errors)
        {
            foreach (var message in messages) await Console.Error.WriteLineAsync($"  {Text.OneLine(field)}: {Text.OneLine(message)}");
        }
    }

    private static int CodeOf(JobSystemException error) => error switch
    {
        JobFailedException or JobCancelledException or JobExpiredException => ExitCode.JobFailed,
        { Code: ClientErrorCodes.NotReachable or ClientErrorCodes.UnexpectedAnswer } => ExitCode.NotReachable,
        { Code: ErrorCodes.OutcomeUnknown } and not RefusedException => ExitCode.NotReachable,
        _ => ExitCode.Refused,
    };
}
