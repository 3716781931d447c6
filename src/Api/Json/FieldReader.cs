using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>
/// Reads a body field by field and collects what is wrong with each. A body that is no JSON ends the reading with <see cref="JsonException"/>;
/// everything else is noted in <see cref="Errors"/> under the field's path, and reading goes on.
/// </summary>
internal ref struct FieldReader
{
    private static readonly DurationConverter Durations = new();

    private readonly ReadOnlySpan<byte> _body;
    private Utf8JsonReader _json;
    private FieldNames _names;
    private uint _seen;
    private int _field;
    private string? _prefix;

    /// <summary>Starts at the body's first token.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="names">The fields of the object that it is.</param>
    /// <exception cref="JsonException">It is empty, not UTF-8, or does not start as JSON.</exception>
    public FieldReader(ReadOnlySpan<byte> body, FieldNames names)
    {
        if (body.IsEmpty) throw new JsonException("The body is empty.");
        if (!Utf8.IsValid(body)) throw new JsonException("The body is not valid UTF-8.");
        _body = body;
        _names = names;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JobJson.MaxDepth });
        Errors = new FieldErrors();
        Read();
    }

    /// <summary>What is wrong so far. Set by batches to a new one for each item.</summary>
    public FieldErrors Errors { get; set; }

    /// <summary>Whether the current value is <c>null</c>, which counts as absent.</summary>
    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    /// <summary>Whether the current value is an array.</summary>
    public readonly bool IsArray => _json.TokenType == JsonTokenType.StartArray;

    /// <summary>Whether the current value is an object.</summary>
    public readonly bool IsObject => _json.TokenType == JsonTokenType.StartObject;

    /// <summary>Starts an object: its fields are read with <see cref="NextField"/> until -1.</summary>
    /// <param name="names">Its fields.</param>
    /// <param name="prefix">Put before the names of its fields in errors.</param>
    /// <returns>What <see cref="EndObject"/> needs.</returns>
    public (FieldNames Names, uint Seen, int Field, string? Prefix) BeginObject(FieldNames names, string? prefix)
    {
        var outer = (_names, _seen, _field, _prefix);
        (_names, _seen, _prefix) = (names, 0, prefix);
        return outer;
    }

    /// <summary>Goes back to the object around.</summary>
    /// <param name="outer">What <see cref="BeginObject"/> answered.</param>
    public void EndObject((FieldNames Names, uint Seen, int Field, string? Prefix) outer) => (_names, _seen, _field, _prefix) = outer;

    /// <summary>Goes to the next field's value. Unknown and repeated fields are noted and skipped.</summary>
    /// <returns>Its place in the names; -1 after the last.</returns>
    public int NextField()
    {
        while (true)
        {
            Read();
            if (_json.TokenType == JsonTokenType.EndObject) return -1;
            _field = _json.ValueIsEscaped ? _names.Find(Encoding.UTF8.GetBytes(_json.GetString()!)) : _names.Find(_json.ValueSpan);
            if (_field < 0)
            {
                NoteUnknown();
                continue;
            }

            Read();
            if ((_seen & (1u << _field)) == 0)
            {
                _seen |= 1u << _field;
                return _field;
            }

            Note("Given more than once.");
            SkipValue();
        }
    }

    /// <summary>Goes to the next item of an array.</summary>
    /// <returns>False after the last.</returns>
    public bool NextItem()
    {
        Read();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Text.</summary>
    /// <param name="last">The same text as a value before, to be used again.</param>
    public string? Text(string? last = null)
    {
        if (_json.TokenType == JsonTokenType.String) return last is not null && _json.ValueTextEquals(last) ? last : _json.GetString();
        return Refuse<string>("Must be text.");
    }

    /// <summary>A whole number.</summary>
    public int? Integer() =>
        _json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var number) ? number : Refuse<int?>("Must be a whole number of at most 32 bits.");

    /// <summary>A number.</summary>
    public double? Number() =>
        _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var number) && double.IsFinite(number) ? number : Refuse<double?>("Must be a number.");

    /// <summary>True or false.</summary>
    public bool? Flag() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Refuse<bool?>("Must be true or false."),
    };

    /// <summary>A duration.</summary>
    public TimeSpan? Duration()
    {
        if (_json.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
            return Refuse<TimeSpan?>("Must be a number of seconds or text like \"00:05:00\".");
        try
        {
            return Durations.Read(ref _json, typeof(TimeSpan), MolinoJson.Options);
        }
        catch (JsonException error)
        {
            Note(error.Message);
            return null;
        }
    }

    /// <summary>A time.</summary>
    public DateTimeOffset? Timestamp()
    {
        if (_json.TokenType == JsonTokenType.String && TimestampConverter.TryParse(_json.GetString(), out var time)) return time;
        return Refuse<DateTimeOffset?>("Must be a time in RFC 3339 with a zone, like \"2026-01-31T08:00:00Z\".");
    }

    /// <summary>A list of texts.</summary>
    public List<string>? Texts()
    {
        if (_json.TokenType != JsonTokenType.StartArray) return Refuse<List<string>>("Must be a list of texts.");
        var texts = new List<string>();
        var wrong = false;
        while (NextItem())
        {
            if (_json.TokenType == JsonTokenType.String)
            {
                texts.Add(_json.GetString()!);
                continue;
            }

            wrong = true;
            SkipValue();
        }

        if (wrong) Note("Must be a list of texts.");
        return wrong ? null : texts;
    }

    /// <summary>Any JSON, as it was written, copied.</summary>
    public RawJson Raw()
    {
        var start = (int)_json.TokenStartIndex;
        SkipValue();
        var bytes = _body[start..(int)_json.BytesConsumed];
        return bytes.SequenceEqual("{}"u8) ? SubmissionReader.EmptyArgs : new RawJson(bytes.ToArray());
    }

    /// <summary>Skips the current value, checking it.</summary>
    public void SkipValue()
    {
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var depth = _json.CurrentDepth;
        do Read();
        while (_json.CurrentDepth > depth);
    }

    /// <summary>Notes what is wrong with the current field.</summary>
    /// <param name="message">A sentence.</param>
    public readonly void Note(string message) => Errors.Add(Path(_names[_field]), message);

    /// <summary>Notes that the current field is not available yet.</summary>
    public readonly void NoteNotAvailable() => Errors.AddNotAvailable(Path(_names[_field]));

    /// <summary>Notes that the current value should have been something else, and skips it. Null is no error: it counts as absent.</summary>
    /// <typeparam name="T">What it should have been.</typeparam>
    /// <param name="message">A sentence.</param>
    public T? Refuse<T>(string message)
    {
        if (IsNull) return default;
        Note(message);
        SkipValue();
        return default;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="JsonException">Something follows the body's one value.</exception>
    public void End() => _json.Read();

    private void Read()
    {
        if (!_json.Read()) throw new JsonException("The body ends in the middle.");
        if (_json.ValueIsEscaped && JsonEscapes.HasLoneSurrogate(_json.ValueSpan))
            throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"The text at byte {_json.TokenStartIndex} has half of a surrogate pair, which is not Unicode text."));
    }

    private void NoteUnknown()
    {
        var name = _json.GetString()!;
        Errors.Add(Path(name.Length > 100 ? name[..100] : name), $"Unknown field; known are {_names.List}.");
        Read();
        SkipValue();
    }

    private readonly string Path(string name) => _prefix is null ? name : _prefix + name;
}
