using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Jobs.BuiltIn;

/// <summary>Any JSON value, kept byte for byte.</summary>
/// <param name="Json">The value.</param>
[JsonConverter(typeof(EchoValueConverter))]
public readonly record struct EchoValue(JsonElement Json);
