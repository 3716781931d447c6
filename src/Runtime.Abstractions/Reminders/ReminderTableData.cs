namespace Orleans;

/// <summary>Rows of the reminder table.</summary>
public sealed class ReminderTableData
{
    /// <summary>Initializes a new instance of the <see cref="ReminderTableData"/> class without rows.</summary>
    public ReminderTableData()
        : this([])
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ReminderTableData"/> class.</summary>
    /// <param name="list">The rows.</param>
    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    /// <summary>Initializes a new instance of the <see cref="ReminderTableData"/> class with one row.</summary>
    /// <param name="entry">The row.</param>
    public ReminderTableData(ReminderEntry entry)
        : this([entry])
    {
    }

    /// <summary>Gets the rows.</summary>
    public IList<ReminderEntry> Reminders { get; }

    /// <summary>Returns the rows as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{string.Join(", ", Reminders)}]";
}
