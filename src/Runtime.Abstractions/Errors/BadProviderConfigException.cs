using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage provider is missing or wrongly configured.</summary>
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>Initializes a new instance of the <see cref="BadProviderConfigException"/> class.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BadProviderConfigException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public BadProviderConfigException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BadProviderConfigException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public BadProviderConfigException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
