using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans;

namespace Molino.Client;

/// <summary>A JSON value kept as it was written: UTF-8 bytes that are passed on unread.</summary>
/// <param name="Utf8">The bytes; empty stands for an absent value.</param>
[JsonConverter(typeof(RawJsonConverter))]
[GenerateSerializer, Immutable, Alias("client.json.v1")]
public readonly record struct RawJson([property: Id(0)] ReadOnlyMemory<byte> Utf8)
{
    /// <summary>Whether there is no value.</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>Writes a value with <see cref="JobJson"/>'s rules.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public static RawJson From<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options));

    /// <summary>Takes JSON text as it is.</summary>
    /// <param name="json">One JSON value.</param>
    public static RawJson Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads the value, ignoring members that the type lacks.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T? To<T>() => JsonSerializer.Deserialize<T>(Utf8.Span, MolinoJson.Results);

    /// <inheritdoc/>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
