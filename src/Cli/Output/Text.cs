using System.Globalization;
using System.Text;

namespace Molino.Cli;

/// <summary>Writes values as text. What comes from jobs is not trusted: control characters could rewrite a terminal.</summary>
internal static class Text
{
    /// <summary>A text without line breaks, tabs and control characters.</summary>
    /// <param name="text">The text.</param>
    public static string OneLine(string? text) => Replace(text, static c => char.IsControl(c));

    /// <summary>A text of lines without other control characters.</summary>
    /// <param name="text">The text.</param>
    public static string Printable(string? text) => Replace(text, static c => char.IsControl(c) && c is not ('\n' or '\t'));

    /// <summary>A time as RFC 3339 in UTC, to the millisecond; empty when there is none.</summary>
    /// <param name="time">The time.</param>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double? number) => number?.ToString("0.###", CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Percent(double? fraction) => fraction is { } value ? (value * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : string.Empty;

    /// <summary>A name of an enumeration as the contract writes it.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">The value.</param>
    public static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Replace(string? text, Func<char, bool> isBad)
    {
        if (text is null) return string.Empty;
        if (!text.Any(isBad)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text) clean.Append(isBad(c) ? ' ' : c);
        return clean.ToString();
    }
}
