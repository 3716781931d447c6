namespace Orleans.Runtime;

/// <summary>A reminder could not be stored, read or removed.</summary>
public sealed class ReminderException : OrleansException
{
    /// <summary>Initializes a new instance of the <see cref="ReminderException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public ReminderException(string message)
        : base(message)
    {
    }
}
