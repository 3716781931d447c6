using System.ComponentModel.DataAnnotations;

namespace Molino.Runtime.Membership;

/// <summary>Times of the membership protocol. The same for all silos of a cluster.</summary>
public sealed class MembershipOptions
{
    /// <summary>Gets or sets the time between beats, and between looks at the table. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan BeatPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a beat stays unchanged, while the table answers, before a silo is dead. At least 4 beat periods. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long after its last beat a silo still starts turns that write. Less than <see cref="DeadAfter"/>. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan WritesAfterBeat { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how long a new owner waits for the former owners of its slots. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HandOverTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
