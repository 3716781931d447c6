using Orleans.Runtime;

namespace Molino.Runtime.Transport;

/// <summary>A connection was refused by one of the sides. Both log the same sentence, which says what to do.</summary>
public sealed class HandshakeException : OrleansException
{
    /// <summary>Initializes a new instance of the <see cref="HandshakeException"/> class.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="message">The sentence.</param>
    public HandshakeException(HandshakeRefusal refusal, string message)
        : base(message) => Refusal = refusal;

    /// <summary>Gets the reason.</summary>
    public HandshakeRefusal Refusal { get; }
}
