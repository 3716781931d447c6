namespace Orleans.Runtime;

/// <summary>The root of the errors of the runtime.</summary>
public class OrleansException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="OrleansException"/> class.</summary>
    public OrleansException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OrleansException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OrleansException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
