using Orleans;

namespace Molino.Client;

/// <summary>A change to a job that has not started, as in <c>PATCH /api/jobs/{id}</c>. What is null stays.</summary>
[GenerateSerializer, Immutable, Alias("client.job-update.v1")]
public sealed record JobUpdate
{
    /// <summary>New priority, 0 to 10.</summary>
    [Id(0)]
    public int? Priority { get; init; }

    /// <summary>New queue.</summary>
    [Id(1)]
    public string? Queue { get; init; }

    /// <summary>New due time, UTC; a past time means at once.</summary>
    [Id(2)]
    public DateTimeOffset? DueAt { get; init; }
}
