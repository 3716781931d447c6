using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Transport;

/// <summary>What uses a connection.</summary>
internal interface ILinkOwner
{
    /// <summary>A frame came that is no response. Runs on the receiving loop: must be quick.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="type">The type of the frame.</param>
    /// <param name="body">The body, valid during the call.</param>
    void OnFrame(Link link, FrameType type, ReadOnlySpan<byte> body);

    /// <summary>The outcome of a call came, and is in the call.</summary>
    /// <param name="request">The call.</param>
    void OnOutcome(GrainRequest request);

    /// <summary>A call fails: it could not be written, or its outcome could not be read.</summary>
    /// <param name="request">The call.</param>
    /// <param name="error">The error.</param>
    void OnFailure(GrainRequest request, Exception error);

    /// <summary>Writes a call.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="request">The call.</param>
    /// <param name="id">Its number on the connection, or 0 for a one-way call.</param>
    void WriteRequest(Wire.WireWriter writer, GrainRequest request, ulong id);

    /// <summary>The connection has ended.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="unsent">The messages that were never sent.</param>
    void OnClosed(Link link, IReadOnlyList<Outbound> unsent);
}
