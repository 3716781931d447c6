using System.Globalization;
using System.Text;
using System.Text.Json;
using Molino.Client;

namespace Molino.Cli;

/// <summary>Reads values as they are typed.</summary>
internal static class Values
{
    /// <summary>A duration: seconds, or <c>00:05:00</c>.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="text">What was typed; null for nothing.</param>
    public static TimeSpan? Duration(string option, string? text)
    {
        if (text is null) return null;
        if (TryDuration(text, out var duration)) return duration;
        throw new UsageException($"{option}: '{Text.OneLine(text)}' is no duration; write seconds, or 00:05:00.");
    }

    /// <summary>A time: RFC 3339 with a zone.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="text">What was typed; null for nothing.</param>
    public static DateTimeOffset? Time(string option, string? text)
    {
        if (text is null) return null;
        if (TimestampConverter.TryParse(text, out var time)) return time;
        throw new UsageException($"{option}: '{Text.OneLine(text)}' is no time; write it with a zone, like 2026-01-31T08:00:00Z.");
    }

    /// <summary>A time, or a duration from now.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="text">What was typed; null for nothing.</param>
    /// <param name="now">UTC.</param>
    public static DateTimeOffset? TimeOrDuration(string option, string? text, DateTimeOffset now)
    {
        if (text is null) return null;
        return TryDuration(text, out var duration) ? now + duration : Time(option, text);
    }

    /// <summary>JSON as typed, or from standard input for <c>-</c>.</summary>
    /// <param name="text">What was typed; null for nothing.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async Task<RawJson> JsonAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is null) return default;
        var bytes = text == "-" ? await ReadInputAsync(cancellationToken) : Encoding.UTF8.GetBytes(text);
        try
        {
            return JsonSerializer.Deserialize<RawJson>(bytes, MolinoJson.Options);
        }
        catch (JsonException error)
        {
            throw new UsageException($"ARGS-JSON is not JSON: {Text.OneLine(error.Message)}");
        }
    }

    /// <summary>The first line of standard input.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async Task<string?> InputLineAsync(CancellationToken cancellationToken) => await Console.In.ReadLineAsync(cancellationToken);

    private static async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        using var memory = new MemoryStream();
        await input.CopyToAsync(memory, cancellationToken);
        var bytes = memory.ToArray();
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    /// <summary>Up to 100 years in both forms: a later time may be none that the calendar has.</summary>
    private static bool TryDuration(string text, out TimeSpan duration)
    {
        const double most = 3_155_760_000;
        duration = default;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) <= most)
        {
            duration = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
            && Math.Abs(duration.TotalSeconds) <= most;
    }
}
