using Orleans;

namespace Molino.Client;

/// <summary>How one part of the silo is.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>down</c>.</param>
/// <param name="Code">A stable code when it is not ok.</param>
/// <param name="Message">A sentence when it is not ok.</param>
[GenerateSerializer, Immutable, Alias("client.health-part.v1")]
public sealed record HealthPartView([property: Id(0)] string Status, [property: Id(1)] string? Code, [property: Id(2)] string? Message)
{
    /// <summary>Of the cluster: how many silos are members.</summary>
    [Id(3)]
    public int? Members { get; init; }

    /// <summary>Of the cluster: ids of the members that do not answer.</summary>
    [Id(4)]
    public IReadOnlyList<string>? Suspects { get; init; }
}
