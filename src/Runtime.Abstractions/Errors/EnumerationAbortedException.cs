namespace Orleans.Runtime;

/// <summary>A grain's stream ended before its last element: the grain was deactivated or moved. Enumerate again.</summary>
public sealed class EnumerationAbortedException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="EnumerationAbortedException"/> class.</summary>
    public EnumerationAbortedException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EnumerationAbortedException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public EnumerationAbortedException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EnumerationAbortedException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public EnumerationAbortedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
