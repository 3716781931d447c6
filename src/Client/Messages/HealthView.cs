using Orleans;

namespace Molino.Client;

/// <summary>Whether the silo is ready, part by part.</summary>
/// <param name="Status"><c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Parts">The parts; absent for anonymous callers where a login is required.</param>
[GenerateSerializer, Immutable, Alias("client.health.v1")]
public sealed record HealthView([property: Id(0)] string Status, [property: Id(1)] IReadOnlyDictionary<string, HealthPartView>? Parts);
