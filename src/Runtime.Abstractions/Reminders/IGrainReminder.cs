namespace Orleans.Runtime;

/// <summary>A stored reminder, as a handle to end it.</summary>
public interface IGrainReminder
{
    /// <summary>Gets the name, unique within the grain.</summary>
    string ReminderName { get; }
}
