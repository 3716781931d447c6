using Molino.Client;
using Spectre.Console;

namespace Molino.Cli;

/// <summary>Writes for people. Nothing here is touched in a pipe, so that the library behind it is not loaded there.</summary>
internal static class Terminal
{
    public static void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(column)}[/]")));
        foreach (var row in rows) table.AddRow(row.Select(Cell).ToArray());
        AnsiConsole.Write(table);
    }

    public static void Record(IEnumerable<(string Name, string Text)> fields)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, text) in fields) grid.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), Cell(text));
        AnsiConsole.Write(grid);
    }

    public static void Line(string[] cells, string? colour)
    {
        var text = Markup.Escape(string.Join("  ", cells.Where(static cell => cell.Length > 0).Select(Text.OneLine)));
        AnsiConsole.MarkupLine(colour is null ? text : $"[{colour}]{text}[/]");
    }

    /// <summary>Asks for a secret without showing it.</summary>
    /// <param name="question">The question.</param>
    public static string AskSecret(string question) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Prompt(new TextPrompt<string>(question).Secret(null).AllowEmpty());

    /// <summary>Shows a job's progress on the terminal until it has ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the watch.</param>
    public static async Task WatchAsync(JobHandle job, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("waiting", maxValue: 1);
                bar.IsIndeterminate = true;
                await foreach (var view in job.WatchAsync(cancellationToken))
                {
                    bar.Description = Markup.Escape(Text.OneLine($"{Text.Name(view.Status)} {view.Progress?.Message}"));
                    bar.IsIndeterminate = view.Progress?.Fraction is null;
                    bar.Value = view.IsTerminal ? 1 : view.Progress?.Fraction ?? 0;
                }
            });
    }

    private static Markup Cell(string text)
    {
        var clean = Markup.Escape(Text.Printable(text));
        return new Markup(Colour(text) is { } colour ? $"[{colour}]{clean}[/]" : clean);
    }

    /// <summary>The colour of a job's state; null for other texts.</summary>
    /// <param name="text">The text.</param>
    public static string? Colour(string text) => text switch
    {
        "succeeded" => "green",
        "failed" => "red",
        "running" => "blue",
        "cancelled" or "expired" => "yellow",
        "queued" => "aqua",
        "scheduled" or "waiting" => "grey",
        _ => null,
    };
}
