namespace Molino.Client;

/// <summary>How one part of the silo is.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>down</c>.</param>
/// <param name="Code">A stable code when it is not ok.</param>
/// <param name="Message">A sentence when it is not ok.</param>
public sealed record HealthPartView(string Status, string? Code, string? Message)
{
    /// <summary>Of the cluster: how many silos are members.</summary>
    public int? Members { get; init; }

    /// <summary>Of the cluster: ids of the members that do not answer.</summary>
    public IReadOnlyList<string>? Suspects { get; init; }
}
