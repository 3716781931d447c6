using Orleans.Runtime;

namespace Molino.Runtime.Reminders;

/// <summary>The handle of a stored reminder.</summary>
/// <param name="ReminderName">The name.</param>
/// <param name="ETag">The version of its row when the handle was made.</param>
internal sealed record Reminder(string ReminderName, string ETag) : IGrainReminder;
