using System.Text.Json;
using Molino.Client;

namespace Molino.Cli;

/// <summary>Writes what commands found: JSON, plain lines or tables.</summary>
/// <param name="format">Which.</param>
/// <param name="writer">Where to.</param>
internal sealed class Printer(OutputFormat format, TextWriter writer)
{
    public OutputFormat Format => format;

    /// <summary>Writes rows.</summary>
    /// <typeparam name="T">What they were made of, written as it is for JSON.</typeparam>
    /// <param name="value">What was found.</param>
    /// <param name="columns">The columns' titles, for tables.</param>
    /// <param name="rows">The cells.</param>
    public void Rows<T>(T value, string[] columns, IEnumerable<string[]> rows)
    {
        if (format == OutputFormat.Json) Json(value);
        else if (format == OutputFormat.Table) Terminal.Table(columns, rows);
        else Lines(rows);
    }

    /// <summary>Writes one thing with many sides: a line for each.</summary>
    /// <typeparam name="T">The thing's type.</typeparam>
    /// <param name="value">The thing.</param>
    /// <param name="fields">Names and texts; those without text are left out.</param>
    public void Record<T>(T value, IEnumerable<(string Name, string Text)> fields)
    {
        if (format == OutputFormat.Json)
        {
            Json(value);
            return;
        }

        var present = fields.Where(static field => field.Text.Length > 0);
        if (format == OutputFormat.Table) Terminal.Record(present);
        else Lines(present.Select(static field => new[] { field.Name, field.Text }));
    }

    /// <summary>Writes an item of a stream, at once.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="value">The item.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="colour">A colour for terminals, or null.</param>
    public void Item<T>(T value, string[] cells, string? colour = null)
    {
        if (format == OutputFormat.Json) Json(value);
        else if (format == OutputFormat.Table) Terminal.Line(cells, colour);
        else Lines([cells]);
        writer.Flush();
    }

    /// <summary>Writes JSON on one line.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public void Json<T>(T value) => writer.WriteLine(JsonSerializer.Serialize(value, MolinoJson.Options));

    public void Flush()
    {
        try
        {
            writer.Flush();
        }
        catch (IOException)
        {
            // The reader of the pipe is gone; nobody is left to tell.
        }
    }

    private void Lines(IEnumerable<string[]> rows)
    {
        foreach (var row in rows) writer.WriteLine(string.Join('\t', row.Select(Text.OneLine)));
    }
}
