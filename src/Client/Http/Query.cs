using System.Globalization;
using System.Text;

namespace Molino.Client;

/// <summary>Builds a path with a query; absent values are left out.</summary>
internal readonly struct Query
{
    private readonly StringBuilder _text;

    public Query(string path) => _text = new StringBuilder(path);

    public Query Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_text.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Query Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <summary>A wait in seconds; zero is left out.</summary>
    public Query AddWait(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? this : Add("wait", wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
