namespace Molino.Client;

/// <summary>Whether the silo is ready, part by part.</summary>
/// <param name="Status"><c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Parts">The parts; absent for anonymous callers where a login is required.</param>
public sealed record HealthView(string Status, IReadOnlyDictionary<string, HealthPartView>? Parts);
