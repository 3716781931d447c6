using System.CommandLine;
using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary><c>events [--dump]</c>.</summary>
internal sealed class EventsCommand
{
    private const string Oldest = "0:0";
    private const int PageSize = 1000;

    private readonly Option<bool> _dump = new("--dump") { Description = "Write all events that are kept, then end" };
    private readonly Option<string?> _after = new("--after") { Description = "Start after this event id; 0:0 for all that are kept", HelpName = "id" };
    private readonly Option<string?> _job = new("--job") { Description = "Only of this job; ends when the job has ended", HelpName = "id" };
    private readonly Option<string[]> _kinds = new("--kind", "-k") { Description = "Only this kind, like succeeded; may be repeated", HelpName = "kind" };

    public static Command Create(GlobalOptions globals)
    {
        var options = new EventsCommand();
        options._kinds.AcceptOnlyFromAmong([.. Enum.GetValues<JobEventKind>().Select(Text.Name)]);
        var command = new Command("events", "Follows what happens to jobs, until you break off") { options._dump, options._after, options._job, options._kinds };
        CommandRunner.Handle(command, globals, options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        JobId? job = parsed.GetValue(_job) is { } id ? CliSession.ParseId(id) : null;
        var after = parsed.GetValue(_after);
        var kinds = parsed.GetValue(_kinds) ?? [];
        var events = parsed.GetValue(_dump) ? DumpAsync(session, after ?? Oldest, job, cancellationToken)
            : job is { } one ? session.Client.Job(one).EventsAsync(after, cancellationToken)
            : session.Client.EventsAsync(after, static () => Console.Error.WriteLine("molino: some events may have been missed"), cancellationToken);
        await foreach (var happened in events)
        {
            if (kinds.Length > 0 && !kinds.Contains(Text.Name(happened.Kind))) continue;
            session.Output.Item(happened, Row(happened), Terminal.Colour(Text.Name(happened.Status)));
        }

        return ExitCode.Done;
    }

    private static async IAsyncEnumerable<EventView> DumpAsync(
        CliSession session, string after, JobId? job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await session.Transport.ReadEventsAsync(after, PageSize, job, TimeSpan.Zero, cancellationToken);
            foreach (var happened in page.Events) yield return happened;
            if (page.Events.Count == 0) yield break;
            after = page.Next;
        }
    }

    private static string[] Row(EventView happened) =>
    [
        Text.Time(happened.At), happened.Id, Text.Name(happened.Kind), happened.Job.ToString(), happened.Type, happened.Queue,
        Text.Name(happened.Status), Text.Number(happened.Attempt), happened.Silo ?? string.Empty, Text.Percent(happened.Fraction), happened.Error ?? string.Empty,
    ];
}
