using System.CommandLine;
using Molino.Client;

namespace Molino.Cli;

/// <summary><c>submit TYPE [ARGS-JSON]</c>.</summary>
internal sealed class SubmitCommand
{
    private readonly Argument<string> _type = new("TYPE") { Description = "The job type; see 'molino types'" };
    private readonly Argument<string?> _args = new("ARGS-JSON") { Description = "The arguments, or - to read them from standard input", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _wait = new("--wait", "-w") { Description = "Wait for the job's end; exit 1 unless it succeeds" };
    private readonly Option<string?> _timeout = new("--timeout") { Description = "With --wait: give up after so long (exit 4); the job goes on", HelpName = "seconds" };
    private readonly Option<string?> _queue = new("--queue", "-q") { Description = "The queue", HelpName = "queue" };
    private readonly Option<int?> _priority = new("--priority", "-p") { Description = "0 to 10, 10 first", HelpName = "0-10" };
    private readonly Option<string?> _delay = new("--delay", "--countdown") { Description = "Start so much later: seconds or 00:05:00", HelpName = "duration" };
    private readonly Option<string?> _eta = new("--eta") { Description = "Start at this time, like 2026-01-31T08:00:00Z", HelpName = "time" };
    private readonly Option<string?> _expires = new("--expires") { Description = "Do not start after this time, or after so many seconds", HelpName = "time|duration" };
    private readonly Option<string?> _key = new("--idempotency-key", "--key") { Description = "A repeated submit with this key answers the first job", HelpName = "key" };
    private readonly Option<string[]> _tags = new("--tag", "-t") { Description = "A name for filters; may be repeated", HelpName = "tag" };
    private readonly Option<int?> _maxAttempts = new("--max-attempts") { Description = "All attempts, the first included", HelpName = "1-1000" };
    private readonly Option<string?> _timeLimit = new("--time-limit") { Description = "Hard limit of an attempt", HelpName = "duration" };
    private readonly Option<string?> _softTimeLimit = new("--soft-time-limit") { Description = "Soft limit of an attempt", HelpName = "duration" };
    private readonly Option<bool> _hold = new("--hold") { Description = "Wait for 'molino release'" };

    public static Command Create(GlobalOptions globals) => new SubmitCommand().Build(globals);

    private Command Build(GlobalOptions globals)
    {
        var command = new Command("submit", "Submits a job; prints its id")
        {
            _type, _args, _wait, _timeout, _queue, _priority, _delay, _eta, _expires, _key, _tags, _maxAttempts, _timeLimit, _softTimeLimit, _hold,
        };
        CommandRunner.Handle(command, globals, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var timeout = Values.Duration("--timeout", parsed.GetValue(_timeout));
        if (timeout is not null && !parsed.GetValue(_wait)) throw new UsageException("--timeout goes with --wait.");
        var submission = Options(parsed).ToSubmission(parsed.GetValue(_type)!, await Values.JsonAsync(parsed.GetValue(_args), cancellationToken));
        var answer = await session.Transport.SubmitAsync(submission, TimeSpan.Zero, cancellationToken);
        var id = answer.Job.Id;
        if (!parsed.GetValue(_wait))
        {
            if (session.Output.Format == OutputFormat.Json) session.Output.Json(answer.Job);
            else session.Output.Item(answer.Job, [id.ToString()]);
            return ExitCode.Done;
        }

        session.InterruptHint = $"job {id} goes on; to stop it: molino cancel {id}";
        var job = await EndAsync(session, session.Client.Job(id), timeout, cancellationToken);
        session.Output.Rows(job, ["id", "status", "result"], [[id.ToString(), Text.Name(job.Status), job.Result?.ToString() ?? string.Empty]]);
        session.Output.Flush();
        return JobEnd.ExitCodeOf(job);
    }

    /// <summary>Waits; on a terminal with a progress bar beside the push that ends the wait.</summary>
    private static async Task<JobView> EndAsync(CliSession session, JobHandle job, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (session.Output.Format != OutputFormat.Table || Console.IsErrorRedirected) return await job.WaitAsync(timeout, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var bar = Terminal.WatchAsync(job, ended.Token);
        try
        {
            return await job.WaitAsync(timeout, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await bar.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // only a picture: what matters is the wait's own outcome
        }
    }

    private SubmitOptions Options(ParseResult parsed) => new()
    {
        Queue = parsed.GetValue(_queue),
        Priority = parsed.GetValue(_priority),
        Delay = Values.Duration("--delay", parsed.GetValue(_delay)),
        RunAt = Values.Time("--eta", parsed.GetValue(_eta)),
        ExpiresAt = Values.TimeOrDuration("--expires", parsed.GetValue(_expires), TimeProvider.System.GetUtcNow()),
        IdempotencyKey = parsed.GetValue(_key),
        MaxAttempts = parsed.GetValue(_maxAttempts),
        TimeLimit = Values.Duration("--time-limit", parsed.GetValue(_timeLimit)),
        SoftTimeLimit = Values.Duration("--soft-time-limit", parsed.GetValue(_softTimeLimit)),
        Tags = parsed.GetValue(_tags) is { Length: > 0 } tags ? tags : null,
        Hold = parsed.GetValue(_hold) ? true : null,
    };
}
