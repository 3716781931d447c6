namespace Orleans.Runtime;

/// <summary>The silo has not started, stops, or is gone. The call may or may not have had an effect.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Initializes a new instance of the <see cref="SiloUnavailableException"/> class.</summary>
    public SiloUnavailableException()
        : base("The silo is unavailable.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SiloUnavailableException"/> class.</summary>
    /// <param name="msg">What happened.</param>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SiloUnavailableException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
