using System.Text.Json.Nodes;

namespace Molino.Client;

/// <summary>A registered job type, as in <c>GET /api/types</c>.</summary>
public sealed record TypeView
{
    /// <summary>The type's name.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }

    /// <summary>The queue that its jobs go to.</summary>
    public required string Queue { get; init; }

    /// <summary>JSON schema of its arguments.</summary>
    public required JsonNode Schema { get; init; }

    /// <summary>All attempts, the first included.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Hard limit of an attempt.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Soft limit of an attempt.</summary>
    public required TimeSpan SoftTimeLimit { get; init; }

    /// <summary>The priority of its jobs, 0 to 10.</summary>
    public required int Priority { get; init; }
}
