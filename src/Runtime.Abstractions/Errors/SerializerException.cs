namespace Orleans.Serialization;

/// <summary>A value could not be handed over.</summary>
public class SerializerException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SerializerException"/> class.</summary>
    public SerializerException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SerializerException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public SerializerException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SerializerException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public SerializerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
