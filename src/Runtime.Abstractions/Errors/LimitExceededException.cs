namespace Orleans.Runtime;

/// <summary>A bound was reached, such as the number of calls that wait for one activation. Try again later.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Initializes a new instance of the <see cref="LimitExceededException"/> class.</summary>
    public LimitExceededException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LimitExceededException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LimitExceededException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
