namespace Molino.Core;

/// <summary>Keeps texts that are shown to people, and stored with a job, at a size that every reader of the job can bear.</summary>
public static class TextLimit
{
    private const string Mark = "...";

    /// <summary>Cuts a text that is too long. To cut twice is the same as once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">Most characters (UTF-16) of the answer; at least 4.</param>
    /// <returns>The text itself, or its beginning and three dots: no more than <paramref name="max"/> characters, without half a surrogate pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is below 4.</exception>
    public static string Cut(string text, int max)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(max, Mark.Length);
        if (text.Length <= max) return text;
        var kept = max - Mark.Length;
        if (char.IsHighSurrogate(text[kept - 1])) kept--;
        return string.Concat(text.AsSpan(0, kept), Mark);
    }
}
