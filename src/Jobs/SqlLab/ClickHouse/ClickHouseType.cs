namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>A column type as the server writes it, read only as far as its values need another form than the server's JSON.</summary>
internal sealed class ClickHouseType
{
    private ClickHouseType(SqlColumnKind kind, ClickHouseConversion conversion, string? zone = null, IReadOnlyList<ClickHouseType>? items = null)
    {
        Kind = kind;
        Conversion = conversion;
        Zone = zone;
        Items = items ?? [];
    }

    public SqlColumnKind Kind { get; }

    public ClickHouseConversion Conversion { get; }

    /// <summary>Of a date with time: its own time zone; null for the server's.</summary>
    public string? Zone { get; }

    /// <summary>Of an array its item's type, of a tuple the types of its items.</summary>
    public IReadOnlyList<ClickHouseType> Items { get; }

    /// <summary>Whether values, at any depth, are written in the server's time zone.</summary>
    public bool UsesServerZone => (Conversion == ClickHouseConversion.DateTime && Zone is null) || Items.Any(item => item.UsesServerZone);

    public static ClickHouseType Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        var arguments = open < 0 ? [] : Split(text[(open + 1)..text.LastIndexOf(')')]);
        return name switch
        {
            "Nullable" or "LowCardinality" or "SimpleAggregateFunction" => Parse(arguments[^1]),
            "Array" => Nest([Parse(arguments[0])]),
            "Tuple" => Nest([.. arguments.Select(argument => Parse(WithoutName(argument)))]),
            "UInt8" or "UInt16" or "UInt32" or "Int8" or "Int16" or "Int32" => new(SqlColumnKind.Number, ClickHouseConversion.None),
            "UInt64" or "Int64" or "UInt128" or "Int128" or "UInt256" or "Int256" => new(SqlColumnKind.Integer, ClickHouseConversion.Quote),
            "Float32" or "Float64" => new(SqlColumnKind.Float, ClickHouseConversion.Float),
            "Decimal" or "Decimal32" or "Decimal64" or "Decimal128" or "Decimal256" => new(SqlColumnKind.Decimal, ClickHouseConversion.Quote),
            "Bool" => new(SqlColumnKind.Boolean, ClickHouseConversion.None),
            "Date" or "Date32" => new(SqlColumnKind.Date, ClickHouseConversion.None),
            "DateTime" => new(SqlColumnKind.DateTime, ClickHouseConversion.DateTime, arguments.Count > 0 ? Unquote(arguments[0]) : null),
            "DateTime64" => new(SqlColumnKind.DateTime, ClickHouseConversion.DateTime, arguments.Count > 1 ? Unquote(arguments[1]) : null),
            _ when name.StartsWith("Interval", StringComparison.Ordinal) => new(SqlColumnKind.Integer, ClickHouseConversion.Quote),
            _ => new(SqlColumnKind.Text, ClickHouseConversion.None),
        };
    }

    private static ClickHouseType Nest(IReadOnlyList<ClickHouseType> items) =>
        new(SqlColumnKind.Array, items.Any(item => item.Conversion != ClickHouseConversion.None) ? ClickHouseConversion.Items : ClickHouseConversion.None, null, items);

    // Newer servers name the items of tuples: "id UInt8".
    private static string WithoutName(string argument)
    {
        var space = argument.IndexOf(' ', StringComparison.Ordinal);
        var open = argument.IndexOf('(', StringComparison.Ordinal);
        return space > 0 && (open < 0 || space < open) ? argument[(space + 1)..] : argument;
    }

    private static string Unquote(string text) => text.Trim('\'');

    /// <summary>Splits at the commas outside of parentheses and quotes.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted && character == '\\') i++;
            else if (character == '\'') quoted = !quoted;
            else if (!quoted && character == '(') depth++;
            else if (!quoted && character == ')') depth--;
            else if (!quoted && depth == 0 && character == ',')
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
