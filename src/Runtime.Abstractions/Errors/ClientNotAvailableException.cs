namespace Orleans.Runtime;

/// <summary>The client whose observer is called has disconnected.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(string message)
        : base(message)
    {
    }
}
