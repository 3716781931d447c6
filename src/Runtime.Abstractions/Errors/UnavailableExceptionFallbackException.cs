namespace Orleans.Serialization;

/// <summary>Stands for an exception from another silo whose type this process does not have.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="UnavailableExceptionFallbackException"/> class.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="UnavailableExceptionFallbackException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public UnavailableExceptionFallbackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the full name of the type that the exception had.</summary>
    public string? ExceptionType { get; internal set; }

    /// <summary>Returns the text with the original type.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{base.ToString()} (of type {ExceptionType} on the other silo)";
}
