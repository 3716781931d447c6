namespace Molino.Runtime.CodeGeneration;

/// <summary>What only calls between processes need; kept apart so that the others stay small.</summary>
internal sealed class RemoteParts
{
    /// <summary>Gets or sets where the answer goes when the caller is in another process.</summary>
    public IAnswerSink? Sink { get; set; }

    /// <summary>Gets or sets the connection that the call was sent on.</summary>
    public object? Carrier { get; set; }

    /// <summary>Gets or sets the number of the call on that connection.</summary>
    public ulong CarrierId { get; set; }

    /// <summary>Gets or sets how often the call was sent from silo to silo.</summary>
    public int Hops { get; set; }
}
