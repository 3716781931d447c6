namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>Finds out whether a text holds more than one statement, which the driver would run one after the other.</summary>
internal static class PostgresStatements
{
    /// <summary>Where the second statement starts; null when there is none.</summary>
    /// <param name="sql">The text, by PostgreSQL's lexical rules with standard_conforming_strings on.</param>
    public static int? FindSecond(string sql)
    {
        var (position, first, ended) = (0, false, false);
        while (position < sql.Length)
        {
            var next = SkipSpace(sql, position);
            if (next > position)
            {
                position = next;
                continue;
            }

            if (sql[position] == ';')
            {
                ended = first;
                position++;
                continue;
            }

            if (ended) return position;
            first = true;
            position = SkipToken(sql, position);
        }

        return null;
    }

    private static int SkipSpace(string sql, int position)
    {
        if (char.IsWhiteSpace(sql[position])) return position + 1;
        if (At(sql, position, "--")) return EndOf(sql, "\n", position);
        if (!At(sql, position, "/*")) return position;
        var depth = 0;
        while (position < sql.Length)
        {
            var step = At(sql, position, "/*") ? 1 : At(sql, position, "*/") ? -1 : 0;
            depth += step;
            position += step == 0 ? 1 : 2;
            if (depth == 0) break;
        }

        return position;
    }

    private static int SkipToken(string sql, int position)
    {
        var character = sql[position];
        if (character is '\'' or '"') return SkipQuoted(sql, position, escapes: false);
        if (character is 'e' or 'E' && At(sql, position + 1, "'")) return SkipQuoted(sql, position + 1, escapes: true);
        if (character == '$' && DollarTag(sql, position) is { } tag) return EndOf(sql, tag, position + tag.Length);
        if (!IsWord(character)) return position + 1;
        while (position < sql.Length && (IsWord(sql[position]) || sql[position] == '$')) position++;
        return position;
    }

    private static int SkipQuoted(string sql, int open, bool escapes)
    {
        for (var position = open + 1; position < sql.Length; position++)
        {
            if (escapes && sql[position] == '\\') position++;
            else if (sql[position] == sql[open] && !At(sql, ++position, sql[open].ToString())) return position;
        }

        return sql.Length;
    }

    // $$ or $name$; the name does not start with a digit ($1 is a parameter).
    private static string? DollarTag(string sql, int position)
    {
        var end = position + 1;
        while (end < sql.Length && IsWord(sql[end])) end++;
        return end < sql.Length && sql[end] == '$' && !char.IsAsciiDigit(sql[position + 1]) ? sql[position..(end + 1)] : null;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static bool At(string sql, int position, string text) => string.CompareOrdinal(sql, position, text, 0, text.Length) == 0;

    private static int EndOf(string sql, string text, int from)
    {
        var found = sql.IndexOf(text, from, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + text.Length;
    }
}
