using System.CommandLine;
using Molino.Core;
using Molino.Storage;

namespace Molino.Cli;

/// <summary><c>list</c>.</summary>
internal sealed class ListCommand
{
    private readonly Option<string?> _status = new("--status", "-s") { Description = "Only jobs in this state", HelpName = "status" };
    private readonly Option<string?> _queue = new("--queue", "-q") { Description = "Only this queue", HelpName = "queue" };
    private readonly Option<string?> _type = new("--type") { Description = "Only this job type", HelpName = "type" };
    private readonly Option<string?> _tag = new("--tag", "-t") { Description = "Only jobs with this tag", HelpName = "tag" };
    private readonly Option<string?> _search = new("--search") { Description = "Only jobs whose id, type or a tag starts with this", HelpName = "text" };
    private readonly Option<string?> _from = new("--from") { Description = "Only jobs accepted at or after this time", HelpName = "time" };
    private readonly Option<string?> _to = new("--to") { Description = "Only jobs accepted before this time", HelpName = "time" };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "At most so many, 1 to 1000", HelpName = "number", DefaultValueFactory = static _ => 100 };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Go on where a list ended", HelpName = "cursor" };

    public static Command Create(GlobalOptions globals)
    {
        var options = new ListCommand();
        options._status.AcceptOnlyFromAmong([.. Enum.GetValues<JobStatus>().Select(Text.Name)]);
        var command = new Command("list", "Lists jobs, newest first")
        {
            options._status, options._queue, options._type, options._tag, options._search, options._from, options._to, options._limit, options._cursor,
        };
        CommandRunner.Handle(command, globals, options.RunAsync);
        return command;
    }

    /// <summary>Lists by a filter, and says on standard error how to go on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task<int> RunAsync(CliSession session, JobFilter filter, CancellationToken cancellationToken)
    {
        var page = await session.Transport.ListJobsAsync(filter, cancellationToken);
        session.Output.Rows(page, JobText.Columns, page.Items.Select(JobText.Row));
        session.Output.Flush();
        if (page.NextCursor is not null && session.Output.Format != OutputFormat.Json) await Console.Error.WriteLineAsync($"more: --cursor {page.NextCursor}");
        return ExitCode.Done;
    }

    private Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var filter = new JobFilter
        {
            Status = parsed.GetValue(_status) is { } status ? Enum.Parse<JobStatus>(status, ignoreCase: true) : null,
            Queue = parsed.GetValue(_queue),
            Type = parsed.GetValue(_type),
            Tag = parsed.GetValue(_tag),
            Prefix = parsed.GetValue(_search),
            From = Values.Time("--from", parsed.GetValue(_from)),
            To = Values.Time("--to", parsed.GetValue(_to)),
            Limit = parsed.GetValue(_limit),
            Cursor = parsed.GetValue(_cursor),
        };
        return RunAsync(session, filter, cancellationToken);
    }
}
