namespace Molino.Runtime.Transport;

/// <summary>Why a connection was refused. Numbers are part of the protocol.</summary>
public enum HandshakeRefusal
{
    /// <summary>The other side speaks another protocol, or none of ours.</summary>
    NotOurProtocol = 1,

    /// <summary>The other side has another version of the protocol.</summary>
    WrongVersion = 2,

    /// <summary>The other side belongs to another cluster.</summary>
    WrongCluster = 3,

    /// <summary>The other side has another secret, or one side has none.</summary>
    WrongSecret = 4,

    /// <summary>The silo reached is not the one that was meant: it has restarted, or another has its address.</summary>
    WrongSilo = 5,

    /// <summary>The silo does not take this connection now: it starts, stops, or has one to the other side already.</summary>
    NotNow = 6,
}
