using System.Text.Json.Serialization;

namespace Molino.Bench;

/// <summary>One number, as a JSON line.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Config">What was set up.</param>
/// <param name="Load">The machine's 1-minute load average.</param>
/// <param name="OtherCores">Cores used meanwhile by processes that are not the benchmark's; above 0.3 the number is preliminary.</param>
/// <param name="Time">When, seconds since 1970.</param>
internal sealed record Measurement(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("config")] string Config,
    [property: JsonPropertyName("load")] double Load,
    [property: JsonPropertyName("otherCores")] double OtherCores,
    [property: JsonPropertyName("time")] long Time);
