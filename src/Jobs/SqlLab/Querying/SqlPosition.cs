namespace Molino.Jobs.SqlLab;

/// <summary>A place in a statement.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character within the line, from 1; a character outside the basic plane counts once.</param>
public readonly record struct SqlPosition(int Line, int Column)
{
    /// <summary>The place of a character.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="character">The character (Unicode scalar value), from 0; past the end gives the end.</param>
    public static SqlPosition OfCharacter(string sql, int character)
    {
        var (line, column) = (1, 1);
        foreach (var rune in sql.EnumerateRunes())
        {
            if (character-- <= 0) break;
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new SqlPosition(line, column);
    }
}
