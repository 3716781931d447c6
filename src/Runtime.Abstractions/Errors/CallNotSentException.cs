using Orleans.Runtime;

namespace Molino.Runtime;

/// <summary>A client had no connection to a gateway for so long that the call was given up. It was never sent, so it had no effect.</summary>
public sealed class CallNotSentException : OrleansMessageRejectionException
{
    /// <summary>Initializes a new instance of the <see cref="CallNotSentException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public CallNotSentException(string message)
        : base(message)
    {
    }
}
