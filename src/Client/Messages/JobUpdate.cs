namespace Molino.Client;

/// <summary>A change to a job that has not started, as in <c>PATCH /api/jobs/{id}</c>. What is null stays.</summary>
public sealed record JobUpdate
{
    /// <summary>New priority, 0 to 10.</summary>
    public int? Priority { get; init; }

    /// <summary>New queue.</summary>
    public string? Queue { get; init; }

    /// <summary>New due time, UTC; a past time means at once.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
