using System.Text.Json;
using Molino.Client;

namespace Molino.Hosting;

/// <summary>What a silo puts up for operators.</summary>
/// <param name="Silo">The silo, as it sees itself.</param>
/// <param name="Pools">Its pools.</param>
/// <param name="Obeyed">Number of the last order that it took; 0 for none.</param>
/// <param name="Pact">What the silo must have alike with others on the store; null before it was checked, or of an older version.</param>
internal sealed record SiloReport(SiloView Silo, IReadOnlyList<PoolView> Pools, long Obeyed, ClusterPact? Pact = null)
{
    /// <summary>Reads what a silo put up.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="error">Why it cannot be read: a silo of a version that reports in another way.</param>
    public static SiloReport? Parse(ReadOnlyMemory<byte> json, out JsonException? error)
    {
        try
        {
            error = null;
            return JsonSerializer.Deserialize<SiloReport>(json.Span, MolinoJson.Results);
        }
        catch (JsonException unreadable)
        {
            error = unreadable;
            return null;
        }
    }
}
