using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Transport;

/// <summary>A call as read from a frame.</summary>
internal struct ReceivedCall
{
    /// <summary>Gets or sets the number on the connection; 0 when nobody waits for the answer.</summary>
    public ulong Id { get; set; }

    /// <summary>Gets or sets the call, unless there is an error.</summary>
    public GrainRequest? Request { get; set; }

    /// <summary>Gets or sets what is wrong with it.</summary>
    public Exception? Error { get; set; }

    /// <summary>Gets or sets the version of the membership by which it was sent.</summary>
    public long ViewVersion { get; set; }

    /// <summary>Gets or sets the time until its caller gives up.</summary>
    public TimeSpan TimeLeft { get; set; }
}
