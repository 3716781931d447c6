using System.Globalization;
using Microsoft.Extensions.Configuration;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>Reads values of one section and knows which keys it may have: what is left over is a mistake, named at the start.</summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string? Text(string key)
    {
        _known.Add(key);
        return section[key];
    }

    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, text, $"a whole number from {least} to {most}");
    }

    public long? Large(string key)
    {
        if (Text(key) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Wrong(key, text, "a whole number above 0");
    }

    /// <summary>A duration: seconds, <c>00:05:00</c>, or <c>7.00:00:00</c> with days.</summary>
    /// <param name="key">The key.</param>
    /// <param name="most">The longest, whole days; null for any.</param>
    public TimeSpan? Duration(string key, TimeSpan? most = null)
    {
        if (Text(key) is not { } text) return null;
        var duration = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero
                ? span
                : throw Wrong(key, text, "seconds or a duration like 00:05:00");
        return duration > most ? throw Wrong(key, text, string.Create(CultureInfo.InvariantCulture, $"a duration up to {most.Value.TotalDays} days")) : duration;
    }

    /// <summary>A list: comma separated, or an array.</summary>
    public IReadOnlyList<string> List(string key)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        return child.Value is { } text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. child.GetChildren().Select(item => item.Value).OfType<string>()];
    }

    /// <summary>Refuses what was not asked for.</summary>
    /// <exception cref="ConfigurationException">A key is unknown.</exception>
    public void Finish()
    {
        if (!string.IsNullOrEmpty(section.Value)) throw new ConfigurationException(section.Path, $"is a section with keys, not the value '{section.Value}'.");
        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key))
                throw new ConfigurationException(child.Path, $"unknown key; {section.Path} has {string.Join(", ", _known.Order(StringComparer.OrdinalIgnoreCase))}.");
        }
    }

    public ConfigurationException Wrong(string key, string text, string wanted) => new($"{section.Path}:{key}", $"'{text}' is not {wanted}.");
}
