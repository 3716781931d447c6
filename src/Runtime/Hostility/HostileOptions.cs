using System.ComponentModel.DataAnnotations;

namespace Molino.Runtime.Hostility;

/// <summary>
/// A runtime that does all that it is allowed to do, and more often: to find code that assumes too much. Set by
/// <c>MOLINO_HOSTILE=&lt;seed&gt;</c> for a whole process, or by these options. For tests only.
/// </summary>
public sealed class HostileOptions
{
    /// <summary>Gets or sets a value indicating whether the runtime is hostile. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets the seed of all choices. The order in which threads ask for them is not fixed by it. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets the share of one-way calls that get lost, from 0 to 1. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double DropRate { get; set; } = 0.1;

    /// <summary>Gets or sets the share of one-way calls that come late, from 0 to 1. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double DelayRate { get; set; } = 0.2;

    /// <summary>Gets or sets the largest delay of a one-way call. Default 50 ms.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets or sets the share of one-way calls that the next one overtakes, from 0 to 1. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double ReorderRate { get; set; } = 0.2;

    /// <summary>Gets or sets the share of calls that find a second activation beside the first, from 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double DoubleActivationRate { get; set; } = 0.01;

    /// <summary>Gets or sets the longest time that two activations of a grain live at once. Default 100 ms.</summary>
    public TimeSpan MaxDoubleTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets the share of calls after which the activation is collected, from 0 to 1. Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double EarlyCollectionRate { get; set; } = 0.02;

    /// <summary>Gets or sets the share of calls to an observer that find it gone, from 0 to 1. Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double ObserverExpiryRate { get; set; } = 0.02;

    /// <summary>Gets or sets the share of reads from a stream that find it aborted, from 0 to 1. Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double StreamAbortRate { get; set; } = 0.02;

    /// <summary>Gets or sets how often this silo says that it does not own a grain which it owns, and sends the call to another: a share from 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double MisplacementRate { get; set; } = 0.01;

    /// <summary>Gets or sets a value indicating whether arguments and results are copied even where declared immutable. Default true.</summary>
    public bool CopyEverything { get; set; } = true;
}
