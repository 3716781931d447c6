namespace Molino.Core;

/// <summary>The range of priorities: 0 to 10, 10 first (requirement E1).</summary>
public static class JobPriority
{
    /// <summary>The lowest priority.</summary>
    public const int Lowest = 0;

    /// <summary>The highest priority: leased before all others of its queue.</summary>
    public const int Highest = 10;

    /// <summary>The priority of a job that names none.</summary>
    public const int Default = 5;

    /// <summary>Whether a number is a priority.</summary>
    /// <param name="priority">The number.</param>
    public static bool IsValid(int priority) => priority is >= Lowest and <= Highest;
}
