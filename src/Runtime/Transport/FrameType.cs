namespace Molino.Runtime.Transport;

/// <summary>What a frame holds. Numbers are never reused. See <c>docs/wire-format.md</c>.</summary>
internal enum FrameType : byte
{
    /// <summary>The dialling side introduces itself.</summary>
    Hello = 1,

    /// <summary>The listening side introduces itself and proves that it has the secret.</summary>
    Challenge = 2,

    /// <summary>The dialling side proves that it has the secret.</summary>
    Proof = 3,

    /// <summary>The connection is open.</summary>
    Welcome = 4,

    /// <summary>The connection is refused: a code and a sentence.</summary>
    Refusal = 5,

    /// <summary>A call.</summary>
    Request = 10,

    /// <summary>The outcome of a call.</summary>
    Response = 11,

    /// <summary>The caller of a call has cancelled it.</summary>
    Cancel = 12,

    /// <summary>Nothing: the sender lives.</summary>
    KeepAlive = 20,

    /// <summary>The sender knows this version of the membership document.</summary>
    ViewHint = 21,

    /// <summary>The sender has deactivated all that it lost by this version.</summary>
    HandedOver = 22,

    /// <summary>Clients are connected to the sender, or no longer.</summary>
    Clients = 23,

    /// <summary>The sender is about to stop: the client is to send further calls to another gateway, and to close once it has its answers.</summary>
    Leave = 24,

    /// <summary>The gateways of the cluster have changed: all of them, for a client.</summary>
    Gateways = 25,
}
