using Orleans.Runtime;

namespace Orleans;

/// <summary>A row of the reminder table.</summary>
public sealed class ReminderEntry
{
    /// <summary>Gets or sets the grain.</summary>
    public GrainId GrainId { get; set; }

    /// <summary>Gets or sets the name, unique within the grain.</summary>
    public string ReminderName { get; set; } = string.Empty;

    /// <summary>Gets or sets when it is due first, UTC.</summary>
    public DateTime StartAt { get; set; }

    /// <summary>Gets or sets the time between ticks.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Gets or sets the version of the row, set by the table.</summary>
    public string? ETag { get; set; }

    /// <summary>Returns grain, name and times.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"<{GrainId}, {ReminderName}, {StartAt:O}, {Period}, {ETag}>";
}
