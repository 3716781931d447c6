using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>A query string that holds only parameters that the call has. Empty values count as absent.</summary>
internal readonly struct CallQuery
{
    private readonly string?[]? _values;

    private CallQuery(ApiCall call, string?[]? values)
    {
        Call = call;
        _values = values;
    }

    /// <summary>The call.</summary>
    public ApiCall Call { get; }

    /// <summary>Reads and checks a query string.</summary>
    /// <param name="queryString">As in the request.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="JobValidationException">An unknown parameter, or one given more than once.</exception>
    public static CallQuery Parse(QueryString queryString, ApiCall call)
    {
        if (!queryString.HasValue) return new CallQuery(call, null);
        var values = new string?[call.Query.Count];
        var errors = new FieldErrors();
        foreach (var pair in new QueryStringEnumerable(queryString.Value))
        {
            var name = pair.DecodeName().Span;
            var index = IndexOf(call, name);
            if (index < 0)
            {
                if (name.Length > 0) errors.Add(name.Length > 100 ? name[..100].ToString() : name.ToString(), Unknown(call));
                continue;
            }

            var value = pair.DecodeValue().ToString();
            if (values[index] is null) values[index] = value;
            else if (call.Query[index].Repeatable) values[index] += "," + value;
            else errors.Add(call.Query[index].Name, "Given more than once.");
        }

        errors.ThrowIfAny(call.InvalidCode);
        return new CallQuery(call, values);
    }

    /// <summary>A parameter's text; null when it is absent or empty.</summary>
    /// <param name="name">Its name.</param>
    public string? Text(string name)
    {
        if (_values is null) return null;
        var index = IndexOf(Call, name);
        return index >= 0 && _values[index] is { Length: > 0 } value ? value : null;
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The lowest that is taken.</param>
    /// <param name="most">The highest that is taken.</param>
    /// <param name="absent">Its value when it is absent.</param>
    public long Integer(string name, long least, long most, long absent)
    {
        if (Text(name) is not { } text) return absent;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Invalid(name, string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {least} to {most}."));
    }

    /// <summary><c>limit</c>, 1 to 1,000.</summary>
    /// <param name="absent">Its value when it is absent.</param>
    public int Limit(int absent) => (int)Integer("limit", 1, 1000, absent);

    /// <summary>A wait in seconds, or as <c>00:00:30</c>; zero when it is absent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="most">The longest that is taken, in seconds.</param>
    public TimeSpan Wait(string name = "wait", int most = 3600)
    {
        if (Text(name) is not { } text) return TimeSpan.Zero;
        var known = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= most;
        if (known) return TimeSpan.FromSeconds(seconds);
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span.TotalSeconds <= most) return span;
        throw Invalid(name, string.Create(CultureInfo.InvariantCulture, $"Must be from 0 to {most} seconds."));
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="absent">Its value when it is absent.</param>
    public bool Flag(string name, bool absent) => Text(name) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => throw Invalid(name, "Must be true or false."),
    };

    /// <summary>A time; a plus sign that was not encoded, and so arrives as a space, is understood.</summary>
    /// <param name="name">Its name.</param>
    public DateTimeOffset? Timestamp(string name)
    {
        if (Text(name) is not { } text) return null;
        if (text.Length > 6 && text[^6] == ' ') text = text[..^6] + "+" + text[^5..];
        return TimestampConverter.TryParse(text, out var time) ? time : throw Invalid(name, "Must be a time in RFC 3339 with a zone, like 2026-01-31T08:00:00Z.");
    }

    /// <summary>The error for a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="message">What is wrong.</param>
    public JobValidationException Invalid(string name, string message) => new(Call.InvalidCode, name, message);

    private static int IndexOf(ApiCall call, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < call.Query.Count; i++)
            if (name.SequenceEqual(call.Query[i].Name)) return i;
        return -1;
    }

    private static string Unknown(ApiCall call) => call.Query.Count == 0
        ? "Unknown parameter; this call has none."
        : $"Unknown parameter; this call has {string.Join(", ", call.Query.Select(parameter => parameter.Name))}.";
}
